package io.github.resilientws.internal.execution;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class CustomizerThreadsTests {

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final CallbackThreads pool = CallbackThreads.platform(8);

	private final CustomizerThreads threads = new CustomizerThreads(this.pool, this.failures::add);

	@Test
	void onlySoManyCallsMayHang() {
		CountDownLatch release = new CountDownLatch(1);
		for (int i = 0; i < CustomizerThreads.MAX_CALLS; i++) {
			assertThat(this.threads.execute(() -> awaitQuietly(release))).isTrue();
		}
		assertThat(this.threads.execute(() -> awaitQuietly(release))).isFalse();
		release.countDown();
		await().until(() -> this.threads.execute(() -> {
		}));
		this.pool.close();
	}

	@Test
	void aCallThatThePoolRejectsTakesNoPlace() {
		this.pool.close();
		for (int i = 0; i <= CustomizerThreads.MAX_CALLS; i++) {
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.threads.execute(() -> {
			}));
		}
	}

	@Test
	void aCallThatFailsTakesNoPlaceAndIsReported() {
		IllegalStateException failure = new IllegalStateException("s3cret");
		for (int i = 0; i <= 2 * CustomizerThreads.MAX_CALLS; i++) {
			await().until(() -> this.threads.execute(() -> {
				throw failure;
			}));
		}
		await().until(() -> this.failures.size() == 2 * CustomizerThreads.MAX_CALLS + 1);
		assertThat(this.failures).containsOnly(failure);
		this.pool.close();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
