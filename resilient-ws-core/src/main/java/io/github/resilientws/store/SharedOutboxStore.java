package io.github.resilientws.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.cluster.Ownership;

/**
 * Keeps the unfinished messages and the dead letters of one line: of one client that
 * several instances of an application have. Each instance appends messages; only the
 * owner of the line reads them to send them. The methods are called from any thread and
 * do not block, except {@link #close}. Futures complete on a thread of the store, and
 * fail with an {@link IOException} whose text the client shows. Times in records are
 * those of the clock of the client; the store converts them to a clock that all instances
 * share.
 *
 * @since 0.1
 */
public interface SharedOutboxStore {

	/**
	 * Keep messages. The store assigns their positions, which ascend in the order of the
	 * list.
	 * @param messages the messages
	 * @return completes with the positions when the messages are durable; the position of
	 * a message is 0 if an unfinished message has its id. Fails if the messages are
	 * certainly not kept, at once if the store is known to be unavailable. Stays open
	 * while it is not known whether they are kept, and fails with an
	 * {@link UndecidedException} if that cannot be found out
	 */
	CompletableFuture<long[]> append(List<OutboxRecord> messages);

	/**
	 * Return the writer that joins the transaction of the calling thread.
	 * @return the writer, or {@code null} if the store has no transactions
	 */
	@Nullable TransactionalWriter transactional();

	/**
	 * Read the messages to be sent, from the first one on, those that other instances
	 * append, and those that this one appends. A message is passed to the sink once.
	 * @param ownership the ownership of the line
	 * @param sink receives the messages
	 * @return the feed, until it is closed
	 */
	OutboxFeed own(Ownership ownership, OutboxFeed.Sink sink);

	/**
	 * Remove messages that were acknowledged, whichever instance owns the line. The store
	 * tries it again until it succeeds or the store is closed.
	 * @param messages where they are stored; those that do not exist are ignored
	 * @return completes when the removal is durable; fails if the store is closed before
	 */
	CompletableFuture<Void> remove(Collection<MessagePosition> messages);

	/**
	 * End a message that was not delivered, unless the line has a newer owner. The
	 * failure is kept for the instance that accepted the message; a dead letter is kept
	 * with the message. The store tries it again until it succeeds or the store is
	 * closed.
	 * @param message where it is stored
	 * @param failure why it ended
	 * @param ownership the ownership with which it was read
	 * @return completes with {@code true} when the end is durable, and with {@code false}
	 * if the message remains, or does not exist; fails if the store is closed before
	 */
	CompletableFuture<Boolean> end(MessagePosition message, MessageFailure failure, Ownership ownership);

	/**
	 * Find out what became of messages that this instance appended. A failure is found
	 * once, because a later message may have the same id; a dead letter remains
	 * nevertheless.
	 * @param ids their ids
	 * @return completes with their progress, as one snapshot
	 */
	CompletableFuture<MessageProgress> find(Collection<String> ids);

	/**
	 * Count the messages of the line that are not finished.
	 * @param most where to stop counting
	 * @return completes with the backlog
	 */
	CompletableFuture<Backlog> count(int most);

	/**
	 * Reserve numbers for ids of messages.
	 * @param atLeast the smallest number allowed
	 * @param count how many numbers to reserve
	 * @return completes with the first of them, at least the given one, and greater than
	 * all numbers that were reserved for the line before, by any instance
	 */
	CompletableFuture<Long> reserveIds(long atLeast, int count);

	/**
	 * Read the dead letters of the line.
	 * @return completes with the dead letters, the oldest first
	 */
	CompletableFuture<List<OutboxRecord>> deadLetters();

	/**
	 * Turn a dead letter into a message again, at a new position.
	 * @param id id of the message
	 * @return completes with the position; with 0 if an unfinished message has its id;
	 * with -1 if the dead letter does not exist
	 */
	CompletableFuture<Long> resubmit(String id);

	/**
	 * Remove dead letters.
	 * @param ids their ids
	 * @return completes with the number of those that existed
	 */
	CompletableFuture<Integer> discard(Collection<String> ids);

	/**
	 * Describe the problem of the store.
	 * @return a sentence for logs and health, or {@code null} if the store works
	 */
	@Nullable String getProblem();

	/**
	 * Return how many messages of the line this version of the library cannot read, as
	 * far as is known here. They remain stored.
	 * @return number of messages; 0 if this instance does not own the line
	 */
	int getUnread();

	/**
	 * Execute all earlier calls, as far as the store is available, then release the
	 * store. Called once.
	 * @param timeout longest wait
	 */
	void close(Duration timeout);

	/**
	 * The messages of a line that are not finished.
	 *
	 * @param messages number of messages
	 * @param bytes sum of their payloads in bytes
	 */
	record Backlog(int messages, long bytes) {

	}

}
