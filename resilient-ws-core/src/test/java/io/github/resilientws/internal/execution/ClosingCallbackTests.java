package io.github.resilientws.internal.execution;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A callback that closes the application keeps the JVM alive until it returns, for a
 * limited time.
 */
class ClosingCallbackTests {

	private final CallbackThreads pool = CallbackThreads.platform(4);

	private final CountDownLatch release = new CountDownLatch(1);

	private final CompletableFuture<Optional<Thread>> keepAlive = new CompletableFuture<>();

	@AfterEach
	void close() {
		this.release.countDown();
		this.pool.close();
	}

	@Test
	void keepsTheJvmAliveUntilItReturns() throws Exception {
		SequentialExecutor executor = SequentialExecutor.of(this.pool, failure());
		executor.execute(this::closeAndBlock);
		lastsUntilRelease();
	}

	@Test
	void doesNotKeepTheJvmAliveForLaterCallbacks() throws Exception {
		CountDownLatch next = new CountDownLatch(1);
		SequentialExecutor executor = SequentialExecutor.of(this.pool, failure());
		executor.execute(this::closeAndBlock);
		executor.execute(() -> awaitQuietly(next));
		lastsUntilRelease();
		next.countDown();
	}

	@Test
	void keepsTheJvmAliveUntilItFails() throws Exception {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		SequentialExecutor executor = SequentialExecutor.of(this.pool, failure::complete);
		executor.execute(() -> {
			closeAndBlock();
			throw new IllegalStateException("expected");
		});
		lastsUntilRelease();
		assertThat(failure).succeedsWithin(5, TimeUnit.SECONDS);
	}

	@Test
	void customizerKeepsTheJvmAliveUntilItReturns() throws Exception {
		new CustomizerThreads(this.pool, failure()).execute(this::closeAndBlock);
		lastsUntilRelease();
	}

	@Test
	void noThreadKeepsTheJvmAliveIfNoCallbackCloses() {
		this.pool.keepJvmAliveForCaller();
		assertThat(find()).isEmpty();
		// a task of the library is no callback
		this.pool.execute(this::closeAndBlock);
		assertThat(this.keepAlive).succeedsWithin(5, TimeUnit.SECONDS).matches(Optional::isEmpty);
	}

	private void lastsUntilRelease() throws Exception {
		Thread thread = this.keepAlive.get(5, TimeUnit.SECONDS).orElseThrow();
		assertThat(thread.isDaemon()).isFalse();
		assertThat(thread.isAlive()).isTrue();
		this.release.countDown();
		thread.join(5000);
		assertThat(thread.isAlive()).isFalse();
	}

	private void closeAndBlock() {
		this.pool.keepJvmAliveForCaller();
		this.keepAlive.complete(find());
		awaitQuietly(this.release);
	}

	private static Optional<Thread> find() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("resilient-ws-keep-alive"))
			.findAny();
	}

	private static Consumer<Throwable> failure() {
		return (ex) -> {
			throw new AssertionError(ex);
		};
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
