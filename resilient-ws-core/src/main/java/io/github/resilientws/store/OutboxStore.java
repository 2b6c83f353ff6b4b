package io.github.resilientws.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the unfinished messages and the dead letters of one client. {@link #recover} and
 * {@link #close} block; the other methods are called from any thread, transport threads
 * included, and must not block. The store executes the calls in their order. The records
 * of one call become durable together or not at all. Failures are reported by the
 * futures, by {@link #getProblem()} and by {@link IOException}, whose text the client
 * shows. Of any other exception it shows the type and the place only.
 *
 * @since 0.1
 */
public interface OutboxStore {

	/**
	 * Read all records in the order of their positions, after all earlier calls were
	 * executed. Called first, and again when the client is connected after it gave up.
	 * @param target receives each record and its position
	 * @throws IOException if they cannot be read. Of a damaged store the readable records
	 * are read; the rest is kept aside, and {@link #getProblem()} reports it
	 */
	void recover(ObjLongConsumer<OutboxRecord> target) throws IOException;

	/**
	 * Keep messages. The store assigns their positions: they ascend in the order of the
	 * list, and are greater than those of earlier calls of the same thread.
	 * @param messages the messages
	 * @return completes with the positions on a thread of the store once the messages are
	 * as durable as the store promises; fails with an {@link IOException} if they are not
	 * kept. The store then continues with the next call
	 */
	CompletableFuture<long[]> append(List<OutboxRecord> messages);

	/**
	 * Replace a message by its dead letter.
	 * @param position position of the message
	 * @param deadLetter the dead letter
	 * @return completes once the dead letter is as durable as the store promises; fails
	 * with an {@link IOException} if the message remains instead
	 */
	CompletableFuture<Void> end(long position, OutboxRecord deadLetter);

	/**
	 * Remove messages and dead letters. A record whose removal was not durable before a
	 * crash is read again.
	 * @param positions their positions; unknown ones are ignored
	 */
	void remove(long[] positions);

	/**
	 * Reserve numbers for ids of messages. Called after {@link #recover}.
	 * @param atLeast the smallest number allowed
	 * @param count how many numbers to reserve
	 * @return completes with the first of them, at least the given one, and greater than
	 * all numbers that were reserved in this store before. The reservation is as durable
	 * as the records of later calls
	 */
	CompletableFuture<Long> reserveIds(long atLeast, int count);

	/**
	 * Describe the problem of the store.
	 * @return a sentence for logs and health, or {@code null} if the store works
	 */
	default @Nullable String getProblem() {
		return null;
	}

	/**
	 * Execute all earlier calls, then release the store. Called once.
	 */
	void close();

}
