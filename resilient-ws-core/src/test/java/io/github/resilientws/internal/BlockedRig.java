package io.github.resilientws.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

import io.github.resilientws.ResilientWebSocketClient.Builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client whose listener can be blocked, so that it stops reading.
 */
public final class BlockedRig {

	private static final int MANY = 1000;

	private final Semaphore gate = new Semaphore(MANY);

	public final Rig rig;

	public BlockedRig(int bufferMessages, UnaryOperator<Builder> settings) {
		this.rig = new Rig((builder) -> settings.apply(builder)
			.inbound((inbound) -> inbound.withBufferMessages(bufferMessages))
			.listener((message) -> this.gate.acquireUninterruptibly()));
	}

	/** Fill the buffer; the client does not read any more. */
	public void block() {
		this.gate.drainPermits();
		while (this.rig.connection().isReading()) {
			this.rig.connection().text("data");
		}
	}

	/** Let the listener empty the buffer; the client reads again. */
	public void unblock() {
		this.gate.release(MANY);
		awaitReading();
	}

	public void awaitReading() {
		await().pollInterval(Duration.ofMillis(1)).until(this.rig.connection()::isReading);
		// the rest of the task that resumed reading
		this.rig.advance(Duration.ZERO);
	}

	/** Let a message fill the buffer and be handled, again and again. */
	public void stutter(int seconds) {
		for (int i = 0; i < seconds; i++) {
			this.rig.connection().text("data");
			awaitReading();
			this.rig.advance(Duration.ofSeconds(1));
		}
		assertThat(this.rig.connection().isReading()).isTrue();
	}

}
