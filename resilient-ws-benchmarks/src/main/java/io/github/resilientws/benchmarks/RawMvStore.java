package io.github.resilientws.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.StoreSettings.Sync;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;

/**
 * h2-mvstore used directly, with its defaults: one thread drains a queue, with one commit
 * per batch and the same sync policy. It has no checksums, lock, repair, or handling of a
 * full disk.
 */
final class RawMvStore implements OutboxStore {

	private static final long SYNC_NANOS = 10_000_000;

	private static final Request END = new Request(List.of(), new long[0], null);

	private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();

	private final Sync sync;

	private final MVStore store;

	private final MVMap<Long, byte[]> records;

	private final Thread thread = new Thread(this::run);

	private long syncedAt = System.nanoTime();

	RawMvStore(Path file, Sync sync) {
		this.sync = sync;
		this.store = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
		this.records = this.store.openMap("records");
		this.thread.start();
	}

	@Override
	public void recover(Consumer<OutboxRecord> target) {
		this.records.forEach((position, content) -> target.accept(new OutboxRecord(position, content)));
	}

	@Override
	public CompletableFuture<Void> append(List<OutboxRecord> records) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.queue.add(new Request(records, new long[0], done));
		return done;
	}

	@Override
	public void remove(long[] positions) {
		this.queue.add(new Request(List.of(), positions, null));
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
			for (OutboxRecord one : request.records) {
				this.records.put(one.position(), one.content());
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

	private record Request(List<OutboxRecord> records, long[] removed, @Nullable CompletableFuture<Void> done) {

	}

}
