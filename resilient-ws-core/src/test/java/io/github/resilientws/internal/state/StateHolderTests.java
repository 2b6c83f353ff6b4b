package io.github.resilientws.internal.state;

import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ClientStatus.Transition;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StateHolderTests {

	private final StateHolder holder = new StateHolder(() -> Instant.EPOCH, () -> 0, Duration.ZERO);

	@Test
	void theHistoryKeepsWordsInsteadOfExceptionsAndHeaders() {
		WeakReference<Object> failure = fail(new DisconnectCause.ConnectFailed(new ConnectException("s3cret")));
		WeakReference<Object> refusal = fail(
				new DisconnectCause.HandshakeRefused(503, Map.of("Set-Cookie", List.of("s3cret"))));
		fail(new DisconnectCause.HeartbeatLost());
		// a collection is asked for, and may take its time
		await().atMost(Duration.ofSeconds(10)).until(() -> {
			System.gc();
			return failure.get() == null && refusal.get() == null;
		});
		assertThat(this.holder.status().transitions()).extracting(Transition::cause)
			.containsExactly(null, "connection refused", null, "handshake refused with status 503", null,
					"heartbeat lost");
		assertThat(this.holder.status().lastCause()).isEqualTo(new DisconnectCause.HeartbeatLost());
	}

	@Test
	void theAttemptsAreForgottenOnceReadyHasLasted() {
		AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE);
		StateHolder holder = new StateHolder(() -> Instant.EPOCH, nanoTime::get, Duration.ofNanos(10));
		holder.move(ConnectionState.CONNECTING, null, 3, null);
		holder.move(ConnectionState.ESTABLISHING, null, 3, null);
		nanoTime.addAndGet(10);
		assertThat(holder.isSeriesOver()).isFalse();
		holder.move(ConnectionState.READY, null, 3, null);
		nanoTime.addAndGet(9);
		assertThat(holder.isSeriesOver()).isFalse();
		assertThat(holder.status().attempts()).isEqualTo(3);
		nanoTime.incrementAndGet();
		assertThat(holder.isSeriesOver()).isTrue();
		assertThat(holder.status().attempts()).isZero();
		assertThat(holder.status().transitions()).hasSize(3);
		holder.move(ConnectionState.BACKING_OFF, null, 1, null);
		assertThat(holder.isSeriesOver()).isFalse();
		assertThat(holder.status().attempts()).isOne();
	}

	private WeakReference<Object> fail(DisconnectCause cause) {
		this.holder.move(ConnectionState.CONNECTING, null, 1, null);
		this.holder.move(ConnectionState.BACKING_OFF, cause, 1, Instant.EPOCH);
		return new WeakReference<>(cause);
	}

}
