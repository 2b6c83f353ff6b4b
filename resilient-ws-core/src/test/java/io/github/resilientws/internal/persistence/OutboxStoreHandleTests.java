package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * When the store of a client is open.
 */
class OutboxStoreHandleTests {

	private final OutboxStoreHandle handle = new OutboxStoreHandle("chat", (client) -> new Store());

	@BeforeEach
	void setTarget() {
		this.handle.setTarget((records) -> {
		});
	}

	@Test
	void isClosedFromTheMomentOfTheRelease() throws IOException {
		this.handle.load();
		Runnable close = this.handle.release();
		assertThatIOException().isThrownBy(this.handle::load).withMessageContaining("closed");
		close.run();
		assertThatIOException().isThrownBy(this.handle::load).withMessageContaining("closed");
	}

	@Test
	void whoLoadsAfterAReleaseWaitsForItsEnd() throws Exception {
		OutboxStore first = this.handle.load();
		Runnable close = this.handle.release();
		this.handle.reopen();
		FutureTask<OutboxStore> load = new FutureTask<>(this.handle::load);
		Thread loader = new Thread(load);
		loader.start();
		await().until(() -> loader.getState() == Thread.State.WAITING);
		close.run();
		assertThat(load.get(5, TimeUnit.SECONDS)).isNotSameAs(first);
		assertThat(this.handle.append(new OutboxRecord("a", null, true, new byte[1], 0, 0, 0, null))).isOne();
	}

	private static final class Store implements OutboxStore {

		private boolean closed;

		@Override
		public void recover(ObjLongConsumer<OutboxRecord> target) {
		}

		@Override
		public CompletableFuture<long[]> append(List<OutboxRecord> messages) {
			return this.closed ? CompletableFuture.failedFuture(new IOException("closed"))
					: CompletableFuture.completedFuture(new long[] { 1 });
		}

		@Override
		public CompletableFuture<Void> end(long position, OutboxRecord deadLetter) {
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public CompletableFuture<Long> reserveIds(long atLeast, int count) {
			return CompletableFuture.completedFuture(atLeast);
		}

		@Override
		public void remove(long[] positions) {
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
