package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store in memory that may be full, slow or broken.
 */
public final class ScriptedStore implements OutboxStore {

	public final AtomicBoolean full = new AtomicBoolean();

	public final AtomicBoolean broken = new AtomicBoolean();

	volatile @Nullable Error failure;

	volatile boolean closed;

	private final AtomicLong position = new AtomicLong();

	private final Map<Long, OutboxRecord> kept = new ConcurrentSkipListMap<>();

	volatile CountDownLatch gate = new CountDownLatch(0);

	@Override
	public void recover(ObjLongConsumer<OutboxRecord> target) throws IOException {
		check();
		try {
			assertThat(this.gate.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		this.kept.forEach((position, record) -> target.accept(record, position));
	}

	@Override
	public CompletableFuture<long[]> append(List<OutboxRecord> messages) {
		check();
		return result().thenApply((done) -> messages.stream().mapToLong(this::keep).toArray());
	}

	private long keep(OutboxRecord message) {
		long position = this.position.incrementAndGet();
		this.kept.put(position, message);
		return position;
	}

	@Override
	public CompletableFuture<Void> end(long position, OutboxRecord deadLetter) {
		check();
		return result().thenRun(() -> this.kept.put(position, deadLetter));
	}

	@Override
	public CompletableFuture<Long> reserveIds(long atLeast, int count) {
		check();
		return CompletableFuture.completedFuture(atLeast);
	}

	private CompletableFuture<Void> result() {
		return this.full.get() ? CompletableFuture.failedFuture(new IOException("No space left on device"))
				: CompletableFuture.completedFuture(null);
	}

	@Override
	public void remove(long[] positions) {
		check();
		for (long position : positions) {
			this.kept.remove(position);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		check();
	}

	private void check() {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.broken.get()) {
			throw new IllegalStateException("s3cret");
		}
	}

}
