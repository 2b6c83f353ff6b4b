package io.github.resilientws.store.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The only thread that uses the journal of a store. It commits appends at once, as many
 * as have arrived since the last commit; removals wait for the next append or for the
 * linger time. Without work it sleeps without a time-out.
 */
final class StoreWriter implements Runnable {

	private static final Log logger = LogFactory.getLog(StoreWriter.class);

	private static final int MOST_REQUESTS = 1024;

	private static final int MOST_BYTES = 1024 * 1024;

	private static final long REOPEN_NANOS = 1_000_000_000;

	/** The thread works, or will read the queue again. */
	private static final int AWAKE = 0;

	/** The thread sleeps for a limited time; an append wakes it, a removal does not. */
	private static final int NAPPING = 1;

	/** The thread sleeps until a request wakes it. */
	private static final int ASLEEP = 2;

	private final MpscUnboundedAtomicArrayQueue<StoreRequest> queue = new MpscUnboundedAtomicArrayQueue<>(256);

	private final AtomicInteger state = new AtomicInteger();

	private final List<StoreRequest> batch = new ArrayList<>();

	private final String client;

	private final Journal journal;

	private final PendingChanges changes;

	private final long lingerNanos;

	private final long forceNanos;

	private final LongSupplier nanoTime;

	private final Thread thread;

	private volatile @Nullable String problem;

	/** Whether the thread has ended: then the caller refuses its own request. */
	private volatile boolean ended;

	private boolean closing;

	private boolean urgent;

	private long batchBytes;

	private long removedAt;

	private long unforcedAt;

	private long failedAt;

	StoreWriter(String client, Journal journal, PendingChanges changes, long syncNanos, LongSupplier nanoTime) {
		this.client = client;
		this.journal = journal;
		this.changes = changes;
		this.forceNanos = syncNanos;
		this.lingerNanos = Math.min(Math.max(syncNanos, 10_000_000), 1_000_000_000);
		this.nanoTime = nanoTime;
		this.thread = new Thread(this, "resilient-ws-store-" + client);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	/**
	 * Return why the file cannot be written now.
	 * @return a sentence, or {@code null} if it can
	 */
	@Nullable String problem() {
		return this.problem;
	}

	void append(StoreRequest.Append append) {
		this.queue.offer(append);
		if (this.state.get() != AWAKE && this.state.getAndSet(AWAKE) != AWAKE) {
			LockSupport.unpark(this.thread);
		}
		if (this.ended) {
			append.done().completeExceptionally(closed());
		}
	}

	void remove(StoreRequest.Remove remove) {
		this.queue.offer(remove);
		if (this.state.get() == ASLEEP && this.state.compareAndSet(ASLEEP, AWAKE)) {
			LockSupport.unpark(this.thread);
		}
	}

	<T> CompletableFuture<T> submit(StoreRequest.Action<T> action) {
		StoreRequest.Run<T> run = new StoreRequest.Run<>(action, new CompletableFuture<>());
		this.queue.offer(run);
		this.state.set(AWAKE);
		LockSupport.unpark(this.thread);
		if (this.ended) {
			run.done().completeExceptionally(closed());
		}
		return run.done();
	}

	/** End the thread after all earlier requests. */
	void close() {
		submit(() -> {
			this.closing = true;
			return true;
		});
	}

	/**
	 * Open the file again if it is closed.
	 * @throws IOException if it cannot be opened
	 */
	void ensureOpen() throws IOException {
		if (!this.journal.isOpen()) {
			this.changes.open();
			if (this.problem != null) {
				logger.info("[" + this.client + "] store " + this.journal.path() + " is written again");
			}
			this.problem = null;
		}
	}

	/**
	 * Wait for the end of the thread.
	 * @param millis how long at most
	 * @return whether it ended
	 * @throws InterruptedException if the caller is interrupted
	 */
	boolean join(long millis) throws InterruptedException {
		this.thread.join(millis);
		return !this.thread.isAlive();
	}

	@Override
	public void run() {
		try {
			while (!this.closing) {
				if (!work()) {
					sleep();
				}
			}
			closeFile();
		}
		finally {
			// also after an error: no caller may wait for this thread or for the file
			this.journal.release();
			this.ended = true;
			this.batch.forEach(this::refuse);
			this.queue.drain(this::refuse);
		}
	}

	private void closeFile() {
		try {
			if (this.changes.hasRemembered()) {
				ensureOpen();
			}
			this.journal.close();
		}
		catch (IOException | RuntimeException | AssertionError ex) {
			fail(this.journal.failure("closed", ex));
		}
	}

	private void refuse(StoreRequest request) {
		if (request instanceof StoreRequest.Append append) {
			append.done().completeExceptionally(closed());
		}
		else if (request instanceof StoreRequest.Run<?> run) {
			run.done().completeExceptionally(closed());
		}
	}

	private boolean work() {
		StoreRequest.Run<?> run = fill();
		long now = this.nanoTime.getAsLong();
		boolean worked = false;
		if (isBroken() && now - this.failedAt >= REOPEN_NANOS) {
			reopen();
			worked = true;
		}
		if (this.urgent || run != null || (!this.batch.isEmpty() && now - this.removedAt >= this.lingerNanos)) {
			commit();
			compact();
			now = this.nanoTime.getAsLong();
			worked = true;
		}
		if (this.changes.isUnforced() && (now - this.unforcedAt >= this.forceNanos || this.changes.isForceDue())) {
			force();
			worked = true;
		}
		if (run != null) {
			run.run();
		}
		return worked;
	}

	// collects requests until the batch is full; a run ends the batch
	private StoreRequest.@Nullable Run<?> fill() {
		StoreRequest request;
		while (this.batch.size() < MOST_REQUESTS && this.batchBytes < MOST_BYTES
				&& (request = this.queue.poll()) != null) {
			if (request instanceof StoreRequest.Run<?> run) {
				return run;
			}
			if (this.batch.isEmpty()) {
				this.removedAt = this.nanoTime.getAsLong();
			}
			this.batch.add(request);
			if (request instanceof StoreRequest.Append append) {
				this.urgent = true;
				this.batchBytes += append.size();
			}
		}
		this.urgent |= this.batch.size() >= MOST_REQUESTS;
		return null;
	}

	private void commit() {
		IOException failure = null;
		boolean first = !this.changes.isUnforced();
		if (!this.batch.isEmpty()) {
			failure = tryCommit();
		}
		if (first) {
			this.unforcedAt = this.nanoTime.getAsLong();
		}
		for (StoreRequest request : this.batch) {
			if (request instanceof StoreRequest.Append append) {
				if (failure == null) {
					append.done().complete(null);
				}
				else {
					append.done().completeExceptionally(new IOException(failure.getMessage(), failure.getCause()));
				}
			}
		}
		this.batch.clear();
		this.batchBytes = 0;
		this.urgent = false;
	}

	private @Nullable IOException tryCommit() {
		String known = this.problem;
		if (known != null && isBroken()) {
			this.batch.forEach(this.changes::rememberRemoval);
			return new IOException(known);
		}
		try {
			this.changes.commit(this.batch);
			return null;
		}
		catch (IOException ex) {
			return fail(ex);
		}
	}

	private boolean isBroken() {
		return this.problem != null && !this.journal.isOpen();
	}

	private void reopen() {
		try {
			ensureOpen();
		}
		catch (IOException ex) {
			fail(ex);
		}
	}

	private void compact() {
		try {
			if (this.journal.isOpen()) {
				this.changes.compact();
			}
		}
		catch (IOException ex) {
			fail(ex);
		}
	}

	private void force() {
		try {
			this.changes.force();
		}
		catch (IOException ex) {
			fail(ex);
		}
	}

	private IOException fail(IOException ex) {
		this.failedAt = this.nanoTime.getAsLong();
		if (this.problem == null) {
			logger.warn("[" + this.client + "] " + ex.getMessage());
		}
		this.problem = ex.getMessage();
		return ex;
	}

	private void sleep() {
		boolean nap = !this.batch.isEmpty() || this.changes.isUnforced() || isBroken();
		this.state.set((nap) ? NAPPING : ASLEEP);
		if (this.queue.isEmpty()) {
			if (nap) {
				LockSupport.parkNanos(this, napNanos());
			}
			else {
				LockSupport.park(this);
			}
		}
		this.state.set(AWAKE);
	}

	private long napNanos() {
		long now = this.nanoTime.getAsLong();
		long nanos = Long.MAX_VALUE;
		if (!this.batch.isEmpty()) {
			nanos = this.removedAt + this.lingerNanos - now;
		}
		if (this.changes.isUnforced()) {
			nanos = Math.min(nanos, this.unforcedAt + this.forceNanos - now);
		}
		if (isBroken()) {
			nanos = Math.min(nanos, this.failedAt + REOPEN_NANOS - now);
		}
		return Math.max(nanos, 1);
	}

	private IOException closed() {
		return new IOException("Store " + this.journal.path() + " is closed");
	}

}
