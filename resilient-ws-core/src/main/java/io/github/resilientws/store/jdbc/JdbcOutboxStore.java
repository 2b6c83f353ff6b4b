package io.github.resilientws.store.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.jdbc.RowKey;
import io.github.resilientws.internal.transaction.JdbcTransactionalWriter;
import io.github.resilientws.internal.transaction.TransactionOutcomes;
import io.github.resilientws.internal.transaction.TransactionalRows;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.MessageProgress;
import io.github.resilientws.store.OutboxFeed;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.SharedOutboxStore;
import io.github.resilientws.store.StoreMonitor;
import io.github.resilientws.store.TransactionalWriter;

/**
 * Keeps the messages of one line in the tables of a database. All statements are done in
 * cycles, one at a time, on threads that stores share.
 */
final class JdbcOutboxStore implements SharedOutboxStore, TransactionOutcomes {

	private static final Log logger = LogFactory.getLog(JdbcOutboxStore.class);

	private static final int MOST_DEAD_LETTERS = 1000;

	private static final int LONGEST_ID = 200;

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final AtomicBoolean lookDue = new AtomicBoolean();

	private final AtomicReference<@Nullable LineFeed> feed = new AtomicReference<>();

	private final Queue<Map<OutboxRecord, Long>> committed = new ConcurrentLinkedQueue<>();

	private final CompletableFuture<Void> drained = new CompletableFuture<>();

	private final StoreRequests requests = new StoreRequests();

	private final EndedMessages ended = new EndedMessages();

	private final String client;

	private final LineTables tables;

	private final StoreStatus status;

	private final StoreCycle cycle;

	private final CycleScheduler scheduler;

	private final TransactionalWriter transactional;

	private final long pollNanos;

	private volatile boolean closing;

	// used by cycles only
	private long failedAt;

	/**
	 * Create a store. It does not use the database yet.
	 * @param client name of the client
	 * @param tables the tables of its line
	 * @param settings its settings
	 * @param threads run the statements
	 * @param monitor receives their durations
	 * @param dataSource covers the transactions that messages join
	 */
	JdbcOutboxStore(String client, LineTables tables, StoreSettings settings, StoreThreads threads,
			StoreMonitor monitor, DataSource dataSource) {
		this.client = client;
		this.tables = tables;
		this.transactional = new JdbcTransactionalWriter(dataSource, tables, this);
		this.scheduler = new CycleScheduler(threads, this::runCycle, this::signalLook, this::onRejection);
		this.pollNanos = settings.pollInterval().toNanos();
		this.status = new StoreStatus(client, settings.storeTimeout(), monitor, tables.clock());
		this.cycle = new StoreCycle(client, tables, this.requests, this.status, this.ended);
	}

	static String newOrigin() {
		return UUID.randomUUID().toString();
	}

	@Override
	public CompletableFuture<long[]> append(List<OutboxRecord> messages) {
		String problem = check(messages);
		if (problem == null) {
			problem = (this.closing) ? "the store is closed" : this.status.unavailable();
		}
		if (problem != null) {
			return CompletableFuture.failedFuture(new IOException(problem));
		}
		if (messages.isEmpty()) {
			return CompletableFuture.completedFuture(new long[0]);
		}
		StoreRequests.Append append = new StoreRequests.Append(List.copyOf(messages), false, System.nanoTime());
		this.requests.add(append);
		signal();
		return append.future;
	}

	/**
	 * Check whether messages fit into the columns of the tables.
	 * @param messages the messages
	 * @return why one of them does not, or {@code null}
	 */
	static @Nullable String check(List<OutboxRecord> messages) {
		for (OutboxRecord message : messages) {
			String problem = check("id", message.id());
			if (problem == null && message.key() != null) {
				problem = check("key", message.key());
			}
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	private static @Nullable String check(String name, String value) {
		if (value.length() > LONGEST_ID) {
			return "its " + name + " has " + value.length() + " characters; at most " + LONGEST_ID + " are allowed";
		}
		int index = value.indexOf('\0');
		return (index >= 0) ? "its " + name + " has the character U+0000 at index " + index + ", which is not allowed"
				: null;
	}

	@Override
	public TransactionalWriter transactional() {
		return this.transactional;
	}

	TransactionalRows rows() {
		return this.tables;
	}

	@Override
	public OutboxFeed own(Ownership ownership, OutboxFeed.Sink sink) {
		LineFeed opened = new LineFeed(this.client, this.tables, ownership, sink, this::signalLook);
		LineFeed before = this.feed.getAndSet(opened);
		if (before != null) {
			before.close();
		}
		if (this.closing) {
			opened.close();
		}
		return opened;
	}

	@Override
	public CompletableFuture<Void> remove(Collection<MessagePosition> messages) {
		if (this.closing) {
			return closed();
		}
		List<RowKey> keys = messages.stream().map(JdbcOutboxStore::key).toList();
		List<CompletableFuture<Void>> parts = new ArrayList<>();
		for (int from = 0; from < keys.size(); from += StoreRequests.MOST_REMOVALS) {
			StoreRequests.Removal removal = new StoreRequests.Removal(
					keys.subList(from, Math.min(from + StoreRequests.MOST_REMOVALS, keys.size())),
					new CompletableFuture<>());
			this.requests.add(removal);
			parts.add(removal.future());
		}
		signal();
		return (parts.size() == 1) ? parts.get(0) : CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
	}

	private static RowKey key(MessagePosition message) {
		return new RowKey(message.position(), message.id());
	}

	@Override
	public CompletableFuture<Boolean> end(MessagePosition message, MessageFailure failure, Ownership ownership) {
		if (this.closing) {
			return closed();
		}
		StoreRequests.End end = new StoreRequests.End(key(message), failure, ownership.getFence(), false,
				new CompletableFuture<>());
		this.requests.add(end);
		signal();
		return end.future();
	}

	@Override
	public CompletableFuture<MessageProgress> find(Collection<String> ids) {
		Set<String> wanted = new HashSet<>(ids);
		return call("find", (current) -> this.ended.find(current, wanted));
	}

	@Override
	public CompletableFuture<Backlog> count(int most) {
		return call(null, (current) -> {
			long[] counted = current.messages().count(most);
			return new Backlog((int) counted[0], counted[1]);
		});
	}

	@Override
	public CompletableFuture<Long> reserveIds(long atLeast, int count) {
		return call(null, (current) -> current.ended().reserveIds(atLeast, count));
	}

	@Override
	public CompletableFuture<List<OutboxRecord>> deadLetters() {
		return call(null, (current) -> EndedMessages.deadLetters(current, MOST_DEAD_LETTERS));
	}

	@Override
	public CompletableFuture<Long> resubmit(String id) {
		return call(null, (current) -> {
			long position = current.ended().resubmit(id, current.now());
			this.lookDue.set(true);
			signal();
			return position;
		});
	}

	@Override
	public CompletableFuture<Integer> discard(Collection<String> ids) {
		Set<String> all = new HashSet<>(ids);
		return call(null, (current) -> current.ended().discard(all));
	}

	private <T> CompletableFuture<T> call(@Nullable String operation, Function<LineTables, T> task) {
		if (this.closing) {
			return closed();
		}
		String problem = this.status.unavailable();
		if (problem != null) {
			return CompletableFuture.failedFuture(new IOException(problem));
		}
		StoreRequests.Call<T> call = new StoreRequests.Call<>(operation, task, new CompletableFuture<>());
		this.requests.add(call);
		signal();
		return call.future();
	}

	private static <T> CompletableFuture<T> closed() {
		return CompletableFuture.failedFuture(new IOException("the store is closed"));
	}

	@Override
	public void committed(Map<OutboxRecord, Long> positions) {
		LineFeed current = this.feed.get();
		if (current != null && !current.isClosed()) {
			this.committed.add(positions);
			signalLook();
		}
	}

	@Override
	public CompletableFuture<long[]> resolve(List<OutboxRecord> messages, long since) {
		StoreRequests.Append append = new StoreRequests.Append(List.copyOf(messages), true, since);
		this.requests.add(append);
		signal();
		return append.future;
	}

	@Override
	public @Nullable String getProblem() {
		return this.status.problem();
	}

	@Override
	public int getUnread() {
		LineFeed current = this.feed.get();
		return (current != null && !current.isClosed()) ? current.unread() : 0;
	}

	@Override
	public void close(Duration timeout) {
		this.closing = true;
		LineFeed current = this.feed.get();
		if (current != null) {
			current.close();
		}
		signal();
		try {
			this.drained.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("[" + this.client + "] store is closed before all requests are done", ex);
		}
		this.requests.close();
		signal();
	}

	private void signalLook() {
		this.lookDue.set(true);
		signal();
	}

	private void signal() {
		this.scheduler.signal();
	}

	private void onRejection() {
		this.closing = true;
		this.requests.close();
		this.drained.complete(null);
	}

	// returns nanoseconds until the next cycle; negative if none is needed
	private long runCycle() {
		LineFeed current = currentFeed();
		boolean look = this.lookDue.get() && current != null;
		if (this.requests.isEmpty() && this.closing) {
			this.drained.complete(null);
			return -1;
		}
		// a problem is tried again, so that appends need not find out
		if (this.drained.isDone() || (this.requests.isEmpty() && !look && this.status.problem() == null)) {
			return pollDelay(current);
		}
		long wait = (this.status.isDown()) ? this.failedAt + RETRY_NANOS - System.nanoTime() : 0;
		if (wait > 0) {
			return wait;
		}
		if (look) {
			// otherwise it may have been requested meanwhile
			this.lookDue.set(false);
		}
		takeCommitted(current);
		StoreCycle.Result result = this.cycle.run(current, look);
		if (result == StoreCycle.Result.FAILED) {
			this.lookDue.set(true);
			this.failedAt = System.nanoTime();
			return RETRY_NANOS;
		}
		if (result == StoreCycle.Result.MORE) {
			this.lookDue.set(true);
			return 0;
		}
		return (this.requests.isEmpty() && !this.closing) ? pollDelay(current) : 0;
	}

	private @Nullable LineFeed currentFeed() {
		LineFeed current = this.feed.get();
		if (current != null && current.isClosed()) {
			this.feed.compareAndSet(current, null);
			this.committed.clear();
			current = null;
		}
		return current;
	}

	private void takeCommitted(@Nullable LineFeed current) {
		Map<OutboxRecord, Long> positions = this.committed.poll();
		while (positions != null) {
			Map<RowKey, byte[]> payloads = new HashMap<>();
			positions
				.forEach((message, position) -> payloads.put(new RowKey(position, message.id()), message.payload()));
			if (current != null) {
				current.committed(payloads);
			}
			positions = this.committed.poll();
		}
	}

	private long pollDelay(@Nullable LineFeed current) {
		return (current != null && current.hasDemand()) ? this.pollNanos : -1;
	}

}
