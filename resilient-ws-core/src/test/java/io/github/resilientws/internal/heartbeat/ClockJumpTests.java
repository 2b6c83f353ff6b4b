package io.github.resilientws.internal.heartbeat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.internal.Rig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The clock on the wall is set while a client runs.
 */
class ClockJumpTests {

	private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

	private final InstantSource clock = () -> Rig.START.plus(this.offset.get());

	private final Rig rig = new Rig((builder) -> builder.component(InstantSource.class, this.clock));

	@ParameterizedTest
	@ValueSource(strings = { "PT24H", "PT-24H" })
	void changesNothingWhileReady(Duration jump) {
		Duration interval = this.rig.client.getHeartbeat().interval();
		this.rig.connect();
		this.offset.set(jump);
		for (int i = 1; i <= 20; i++) {
			this.rig.advance(interval);
			assertThat(this.rig.connection().pings()).hasSize(i);
			this.rig.connection().pong();
		}
		assertThat(this.rig.attempts()).isEqualTo(1);
		assertThat(this.rig.observed("missed")).isEmpty();
		assertThat(this.rig.observed("disconnected")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT24H", "PT-24H" })
	void changesNothingWhileBackingOff(Duration jump) {
		this.rig.transport.failWith(new DisconnectCause.ConnectFailed(new IOException()));
		this.rig.client.connect();
		CompletableFuture<Delivery> future = this.rig.client
			.send(OutboundMessage.text("waits").withTimeToLive(Duration.ofMinutes(1)));
		this.rig.transport.autoOpen();
		this.offset.set(jump);
		this.rig.advanceMillis(999);
		assertThat(this.rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		this.rig.advanceMillis(1);
		assertThat(this.rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(Rig.delivered(future).elapsed()).isEqualTo(Duration.ofSeconds(1));
	}

}
