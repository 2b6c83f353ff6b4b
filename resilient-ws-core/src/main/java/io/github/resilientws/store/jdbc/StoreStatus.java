package io.github.resilientws.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.StoreMonitor;

/**
 * Whether the database works for one store. Cycles change it; any thread reads it.
 */
final class StoreStatus {

	private static final Log logger = LogFactory.getLog(JdbcOutboxStore.class);

	private final String client;

	private final long timeoutNanos;

	private final StoreMonitor monitor;

	private final InstantSource clock;

	private volatile @Nullable Problem problem;

	/** When the running statement began; 0 if none runs. */
	private volatile long begunAt;

	StoreStatus(String client, Duration timeout, StoreMonitor monitor, InstantSource clock) {
		this.client = client;
		this.timeoutNanos = timeout.toNanos();
		this.monitor = monitor;
		this.clock = clock;
	}

	/**
	 * Run an operation and report its duration. Others see how long it takes.
	 * @param <T> the type of the result
	 * @param operation the operation for meters, or {@code null}
	 * @param task calls the database
	 * @return the result
	 */
	<T> T measure(@Nullable String operation, Supplier<T> task) {
		long begin = System.nanoTime();
		this.begunAt = (begin != 0) ? begin : 1;
		boolean success = false;
		try {
			T result = task.get();
			success = true;
			return result;
		}
		catch (Error ex) {
			// a cycle that ends without a result would be the last one
			throw new IllegalStateException("A statement failed", ex);
		}
		finally {
			this.begunAt = 0;
			if (operation != null) {
				report(operation, success, Duration.ofNanos(System.nanoTime() - begin));
			}
		}
	}

	private void report(String operation, boolean success, Duration duration) {
		try {
			this.monitor.completed(this.client, operation, success, duration);
		}
		catch (RuntimeException ex) {
			logger.error("[" + this.client + "] a monitor of the store failed", ex);
		}
	}

	/**
	 * Return why the store cannot be used now.
	 * @return a sentence, or {@code null} if it is worth an attempt
	 */
	@Nullable String unavailable() {
		Problem current = this.problem;
		if (current != null && current.kind != FailureKind.REFUSED) {
			return current.toString();
		}
		return stuck();
	}

	/**
	 * Return whether the connection was lost.
	 * @return whether the next attempt is only a trial
	 */
	boolean isDown() {
		Problem current = this.problem;
		return current != null && current.kind != FailureKind.REFUSED;
	}

	@Nullable String problem() {
		Problem current = this.problem;
		return (current != null) ? current.toString() : stuck();
	}

	private @Nullable String stuck() {
		long begun = this.begunAt;
		long nanos = System.nanoTime() - begun;
		return (begun != 0 && nanos > this.timeoutNanos)
				? "the database has not answered for " + Duration.ofNanos(nanos).toSeconds() + " s" : null;
	}

	/**
	 * A cycle failed.
	 * @param failure the first failure
	 */
	void onFailure(RuntimeException failure) {
		Problem before = this.problem;
		Instant since = (before != null) ? before.since : this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		this.problem = new Problem(FailureKind.of(failure), FailureKind.describe(failure), since);
		if (before == null) {
			logger.warn("[" + this.client + "] store fails: " + FailureKind.describe(failure));
		}
	}

	/** A cycle succeeded. */
	void onSuccess() {
		if (this.problem != null) {
			this.problem = null;
			logger.info("[" + this.client + "] store works again");
		}
	}

	private record Problem(FailureKind kind, String text, Instant since) {

		@Override
		public String toString() {
			return "the database fails since " + this.since + ": " + this.text;
		}

	}

}
