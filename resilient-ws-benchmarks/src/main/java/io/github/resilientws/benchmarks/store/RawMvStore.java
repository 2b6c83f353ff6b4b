package io.github.resilientws.benchmarks.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * h2-mvstore used directly, with its defaults: one thread drains a queue, with one commit
 * per batch and the same sync policy. It has no checksums, lock, repair, or handling of a
 * full disk.
 */
public final class RawMvStore implements MeasuredStore {

	private static final long SYNC_NANOS = 10_000_000;

	private static final long[] NOTHING = {};

	private static final Request END = new Request(0, null, null, NOTHING);

	private final AtomicLong position = new AtomicLong();

	private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();

	private final Sync sync;

	private final MVStore store;

	private final MVMap<Long, byte[]> records;

	private final Thread thread = new Thread(this::run);

	private long syncedAt = System.nanoTime();

	/**
	 * Create a store.
	 * @param file its file
	 * @param sync when the file is forced to the disk
	 */
	public RawMvStore(Path file, Sync sync) {
		this.sync = sync;
		this.store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
		this.records = this.store.openMap("records");
		this.thread.start();
	}

	@Override
	public long append(byte[] content) {
		long position = this.position.incrementAndGet();
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.queue.add(new Request(position, content, done, NOTHING));
		done.join();
		return position;
	}

	@Override
	public void remove(long[] positions) {
		this.queue.add(new Request(0, null, null, positions));
	}

	@Override
	public void close() {
		this.queue.add(END);
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.store.close();
	}

	private void run() {
		List<Request> batch = new ArrayList<>();
		try {
			while (!batch.contains(END)) {
				batch.clear();
				batch.add(this.queue.take());
				this.queue.drainTo(batch);
				write(batch);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void write(List<Request> batch) {
		boolean appended = false;
		for (Request request : batch) {
			if (request.content != null) {
				this.records.put(request.position, request.content);
				appended = true;
			}
			for (long position : request.removed) {
				this.records.remove(position);
			}
		}
		// removals alone wait for the next append
		if (appended) {
			this.store.commit();
			sync();
		}
		for (Request request : batch) {
			if (request.done != null) {
				request.done.complete(null);
			}
		}
	}

	private void sync() {
		long now = System.nanoTime();
		if (this.sync == Sync.ALWAYS || (this.sync == Sync.INTERVAL && now - this.syncedAt >= SYNC_NANOS)) {
			this.store.sync();
			this.syncedAt = now;
		}
	}

	private record Request(long position, byte @Nullable [] content, @Nullable CompletableFuture<Void> done,
			long[] removed) {

	}

}
