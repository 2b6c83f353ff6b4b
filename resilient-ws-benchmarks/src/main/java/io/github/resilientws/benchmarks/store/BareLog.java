package io.github.resilientws.benchmarks.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * The least that any store does: one thread drains a queue, appends what it found with
 * one write, and forces the file by the same sync policy. Nothing can be removed from it
 * or recovered.
 */
public final class BareLog implements MeasuredStore {

	private static final long SYNC_NANOS = 10_000_000;

	private static final Append END = new Append(new byte[0], new CompletableFuture<>());

	private final BlockingQueue<Append> queue = new LinkedBlockingQueue<>();

	private final Thread thread = new Thread(this::run);

	private final Sync sync;

	private final FileChannel file;

	private long syncedAt = System.nanoTime();

	/**
	 * Create a log.
	 * @param file its file
	 * @param sync when the file is forced to the disk
	 * @throws IOException if the file cannot be created
	 */
	public BareLog(Path file, Sync sync) throws IOException {
		this.sync = sync;
		this.file = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		this.thread.start();
	}

	@Override
	public long append(byte[] content) {
		Append append = new Append(content, new CompletableFuture<>());
		this.queue.add(append);
		append.done.join();
		return 0;
	}

	@Override
	public void remove(long[] positions) {
	}

	@Override
	public void close() {
		this.queue.add(END);
		try {
			this.thread.join();
			this.file.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void run() {
		List<Append> batch = new ArrayList<>();
		try {
			while (!batch.contains(END)) {
				batch.clear();
				batch.add(this.queue.take());
				this.queue.drainTo(batch);
				write(batch);
				batch.forEach((append) -> append.done.complete(null));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(List<Append> batch) throws IOException {
		ByteBuffer[] contents = batch.stream()
			.map((append) -> ByteBuffer.wrap(append.content))
			.toArray(ByteBuffer[]::new);
		this.file.write(contents);
		long now = System.nanoTime();
		if (this.sync == Sync.ALWAYS || (this.sync == Sync.INTERVAL && now - this.syncedAt >= SYNC_NANOS)) {
			this.file.force(false);
			this.syncedAt = now;
		}
	}

	private record Append(byte[] content, CompletableFuture<Void> done) {

	}

}
