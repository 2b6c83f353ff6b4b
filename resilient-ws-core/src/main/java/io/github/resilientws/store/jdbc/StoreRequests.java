package io.github.resilientws.store.jdbc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.jdbc.RowKey;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.UndecidedException;

/**
 * The requests that wait for a cycle of their store. Any thread adds them, cycles take
 * them.
 */
final class StoreRequests {

	private static final int MOST_ROWS = 512;

	private static final int MOST_BYTES = 1024 * 1024;

	private static final int MOST_ENDS = 100;

	/** How many removals one statement does at most. */
	static final int MOST_REMOVALS = 1024;

	private final Deque<Append> appends = new ConcurrentLinkedDeque<>();

	private final Deque<Removal> removals = new ConcurrentLinkedDeque<>();

	private final Queue<End> ends = new ConcurrentLinkedQueue<>();

	private final Queue<Call<?>> calls = new ConcurrentLinkedQueue<>();

	private final Queue<Append> undecided = new ConcurrentLinkedQueue<>();

	private final Set<Append> openAppends = ConcurrentHashMap.newKeySet();

	private final Set<CompletableFuture<?>> openFutures = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	void add(Append append) {
		this.openAppends.add(append);
		append.future.whenComplete((positions, failure) -> this.openAppends.remove(append));
		if (append.transactional) {
			append.claim();
			this.undecided.add(append);
		}
		else {
			this.appends.add(append);
		}
		failIfClosed();
	}

	void add(Removal removal) {
		open(removal.future);
		this.removals.add(removal);
		failIfClosed();
	}

	void add(End end) {
		open(end.future);
		this.ends.add(end);
		failIfClosed();
	}

	void add(Call<?> call) {
		open(call.future);
		this.calls.add(call);
		failIfClosed();
	}

	private void open(CompletableFuture<?> future) {
		this.openFutures.add(future);
		future.whenComplete((result, failure) -> this.openFutures.remove(future));
	}

	private void failIfClosed() {
		if (this.closed) {
			close();
		}
	}

	boolean isEmpty() {
		return !hasWork() && this.undecided.isEmpty();
	}

	/**
	 * Return whether a cycle has something to do at once.
	 * @return whether requests wait
	 */
	boolean hasWork() {
		return !this.appends.isEmpty() || !this.removals.isEmpty() || !this.ends.isEmpty() || !this.calls.isEmpty();
	}

	/**
	 * Take appends for one statement, up to the first one with an id whose removal waits:
	 * its insert has to be a later statement than the removal.
	 * @return the appends, which are claimed
	 */
	List<Append> takeAppends() {
		List<Append> taken = new ArrayList<>();
		Append next = this.appends.peek();
		if (next == null) {
			return taken;
		}
		Set<String> removed = new HashSet<>();
		this.removals.forEach((removal) -> removal.keys.forEach((key) -> removed.add(key.messageId())));
		int rows = 0;
		long bytes = 0;
		while (next != null && !next.hasOneOf(removed)) {
			rows += next.messages.size();
			bytes += next.bytes();
			if (!taken.isEmpty() && (rows > MOST_ROWS || bytes > MOST_BYTES)) {
				break;
			}
			this.appends.remove();
			if (next.claim()) {
				taken.add(next);
			}
			next = this.appends.peek();
		}
		return taken;
	}

	List<Removal> takeRemovals() {
		List<Removal> taken = new ArrayList<>();
		int keys = 0;
		Removal next = this.removals.peek();
		while (next != null && keys + next.keys.size() <= MOST_REMOVALS) {
			this.removals.remove();
			taken.add(next);
			keys += next.keys.size();
			next = this.removals.peek();
		}
		return taken;
	}

	/**
	 * Put removals back that were not done.
	 * @param failed the removals
	 */
	void putBack(List<Removal> failed) {
		for (int i = failed.size() - 1; i >= 0; i--) {
			this.removals.addFirst(failed.get(i));
		}
	}

	/**
	 * Take ends of the same ownership.
	 * @return the ends, in the order of the requests
	 */
	List<End> takeEnds() {
		List<End> taken = new ArrayList<>();
		End next = this.ends.peek();
		while (next != null && taken.size() < MOST_ENDS && (taken.isEmpty() || taken.get(0).fence == next.fence)) {
			this.ends.remove();
			taken.add(next);
			next = this.ends.peek();
		}
		return taken;
	}

	/**
	 * Put ends back.
	 * @param failed the ends
	 * @param perhapsDone whether they are perhaps done
	 */
	void putBackEnds(List<End> failed, boolean perhapsDone) {
		failed.forEach((end) -> this.ends
			.add(new End(end.key(), end.failure(), end.fence(), end.perhapsDone() || perhapsDone, end.future())));
	}

	@Nullable Call<?> takeCall() {
		return this.calls.poll();
	}

	/**
	 * Find out later whether messages are stored.
	 * @param unknown appends whose outcome is unknown
	 */
	void addUndecided(List<Append> unknown) {
		this.undecided.addAll(unknown);
	}

	/**
	 * Return the appends whose outcome is unknown.
	 * @return those that were not removed by {@link #removeUndecided}
	 */
	List<Append> undecided() {
		return List.copyOf(this.undecided);
	}

	void removeUndecided(List<Append> decided) {
		this.undecided.removeAll(decided);
	}

	/**
	 * Fail the requests that are not repeated while the database is unavailable.
	 * @param problem why it is
	 */
	void failWaiting(String problem) {
		Append append = this.appends.poll();
		while (append != null) {
			if (append.claim()) {
				append.future.completeExceptionally(new IOException(problem));
			}
			append = this.appends.poll();
		}
		Call<?> call = this.calls.poll();
		while (call != null) {
			call.future.completeExceptionally(new IOException(problem));
			call = this.calls.poll();
		}
	}

	/** Fail all requests, also later ones. */
	void close() {
		this.closed = true;
		for (Append append : this.openAppends) {
			append.future.completeExceptionally((append.claim()) ? new IOException("the store is closed")
					: new UndecidedException("the store is closed: it is not known whether the message is stored"));
		}
		this.openFutures.forEach((future) -> future.completeExceptionally(new IOException("the store is closed")));
	}

	/** Messages that become durable together. */
	static final class Append {

		final List<OutboxRecord> messages;

		/** Whether a transaction of the application inserts them. */
		final boolean transactional;

		final CompletableFuture<long[]> future = new CompletableFuture<>();

		/** A time before the messages were inserted, as {@link System#nanoTime()}. */
		final long since;

		private final AtomicBoolean claimed = new AtomicBoolean();

		Append(List<OutboxRecord> messages, boolean transactional, long since) {
			this.messages = messages;
			this.transactional = transactional;
			this.since = since;
		}

		/**
		 * Win the right to insert the messages, or to fail them as certainly not stored.
		 * @return whether no other thread has it
		 */
		boolean claim() {
			return this.claimed.compareAndSet(false, true);
		}

		/**
		 * The messages are stored, except those whose ids unfinished messages have.
		 * @param positions the positions by id
		 */
		void complete(Map<String, Long> positions) {
			Set<String> seen = new HashSet<>();
			this.future.complete(
					ids().stream().mapToLong((id) -> seen.add(id) ? positions.getOrDefault(id, 0L) : 0).toArray());
		}

		List<String> ids() {
			return this.messages.stream().map(OutboxRecord::id).toList();
		}

		private boolean hasOneOf(Set<String> ids) {
			return !ids.isEmpty() && this.messages.stream().anyMatch((message) -> ids.contains(message.id()));
		}

		private long bytes() {
			return this.messages.stream().mapToLong((message) -> message.payload().length).sum();
		}

	}

	/**
	 * The removal of messages.
	 *
	 * @param keys their rows, at most {@link #MOST_REMOVALS}
	 * @param future completes when they are removed
	 */
	record Removal(List<RowKey> keys, CompletableFuture<Void> future) {

	}

	/**
	 * The end of a message.
	 *
	 * @param key its row
	 * @param failure why it ended
	 * @param fence the number of the ownership
	 * @param perhapsDone whether an earlier attempt may have succeeded
	 * @param future completes with whether the message was stored
	 */
	record End(RowKey key, MessageFailure failure, long fence, boolean perhapsDone, CompletableFuture<Boolean> future) {

	}

	/**
	 * A call that is not repeated.
	 *
	 * @param <T> the type of the result
	 * @param operation the operation for meters, or {@code null}
	 * @param task calls the database
	 * @param future completes with the result
	 */
	record Call<T>(@Nullable String operation, Function<LineTables, T> task, CompletableFuture<T> future) {

	}

}
