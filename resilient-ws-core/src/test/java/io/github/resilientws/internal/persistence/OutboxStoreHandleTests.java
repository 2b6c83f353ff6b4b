package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
		this.handle.setTarget((reserved, records) -> {
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
		assertThat(this.handle.append((position) -> new OutboxRecord(position, new byte[1]))).isOne();
	}

	private static final class Store implements OutboxStore {

		private boolean closed;

		@Override
		public void recover(Consumer<OutboxRecord> target) {
		}

		@Override
		public CompletableFuture<Void> append(List<OutboxRecord> records) {
			return this.closed ? CompletableFuture.failedFuture(new IOException("closed"))
					: CompletableFuture.completedFuture(null);
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
