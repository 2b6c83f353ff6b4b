package io.github.resilientws.internal.heartbeat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.internal.BlockedRig;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.SessionSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Time-outs of answers are paused while we do not read, and only then. A beat that cannot
 * be written is missed all the same.
 */
class SuspendedReadingTests {

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration NANO = Duration.ofNanos(1);

	@Test
	void aBeatIsNotMissedWhileWeDoNotRead() {
		BlockedRig blocked = ready(2, (heartbeat) -> heartbeat);
		Rig rig = blocked.rig;
		blocked.block();
		rig.advance(HOUR);
		assertThat(rig.attempts()).isOne();
		blocked.unblock();
		rig.advance(TIMEOUT.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void onlyTheRestOfATimeOutIsLeft() {
		BlockedRig blocked = ready(2, (heartbeat) -> heartbeat);
		Rig rig = blocked.rig;
		CompletableFuture<Duration> probe = rig.client.probe();
		rig.advance(Duration.ofSeconds(7));
		blocked.block();
		rig.advance(Duration.ofSeconds(20));
		blocked.unblock();
		rig.advance(Duration.ofSeconds(3).minus(NANO));
		assertThat(probe).isNotDone();
		rig.advance(NANO);
		assertThat(Rig.failure(probe)).isInstanceOf(TimeoutException.class);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void aBeatThatWasWrittenMeanwhileHasTheWholeTimeOut() {
		BlockedRig blocked = ready(2, (heartbeat) -> heartbeat);
		Rig rig = blocked.rig;
		rig.connection().holdWrites();
		rig.advance(INTERVAL.plusSeconds(7));
		blocked.block();
		rig.connection().releaseWrites();
		rig.advance(Duration.ofSeconds(20));
		blocked.unblock();
		rig.advance(TIMEOUT.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void aBeatThatIsNotWrittenIsMissedThoughWeDoNotRead() {
		BlockedRig blocked = ready(2, (heartbeat) -> heartbeat);
		Rig rig = blocked.rig;
		rig.connection().holdWrites();
		rig.advance(INTERVAL.plusSeconds(7));
		blocked.block();
		rig.advance(Duration.ofSeconds(3).minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
		rig.advance(Duration.ofSeconds(1));
		blocked.unblock();
	}

	@Test
	void beatsGoOnWhileWeDoNotRead() {
		BlockedRig blocked = ready(2, (heartbeat) -> heartbeat);
		blocked.block();
		blocked.rig.advance(INTERVAL.multipliedBy(20));
		assertThat(blocked.rig.connection().pings()).hasSize(20);
		blocked.unblock();
		blocked.rig.connection().pong();
		blocked.rig.advance(INTERVAL);
		assertThat(blocked.rig.connection().pings()).hasSize(21);
		assertThat(blocked.rig.observed("missed")).isEmpty();
	}

	@Test
	void beatsDoNotPileUpWhenNoneIsWritten() {
		BlockedRig blocked = ready(2, (heartbeat) -> heartbeat);
		blocked.rig.connection().holdWrites();
		blocked.block();
		for (int second = 0; second < 300; second++) {
			blocked.rig.connection().takesBytes(1);
			blocked.rig.advance(Duration.ofSeconds(1));
		}
		assertThat(blocked.rig.connection().pings()).hasSize(1);
		blocked.rig.connection().releaseWrites();
		blocked.rig.advance(INTERVAL);
		assertThat(blocked.rig.connection().pings()).hasSize(2);
		assertThat(blocked.rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(blocked.rig.observed("missed")).isEmpty();
	}

	@Test
	void aSlowListenerDoesNotKeepBeatsBack() {
		BlockedRig blocked = ready(1, (heartbeat) -> heartbeat);
		blocked.stutter(100);
		assertThat(blocked.rig.connection().pings()).hasSize(3);
		assertThat(blocked.rig.observed("missed")).isEmpty();
	}

	@Test
	void aSlowListenerDoesNotHideABeatThatIsNotWritten() {
		BlockedRig blocked = ready(1, (heartbeat) -> heartbeat);
		blocked.rig.connection().holdWrites();
		blocked.stutter(39);
		assertThat(blocked.rig.state()).isEqualTo(ConnectionState.READY);
		blocked.rig.advance(Duration.ofSeconds(1));
		HeartbeatMonitorTests.assertLost(blocked.rig);
	}

	@Test
	void passiveAndDataIdleStandStillToo() {
		for (UnaryOperator<HeartbeatSettings> settings : List.<UnaryOperator<HeartbeatSettings>>of(
				(heartbeat) -> heartbeat.withMode(Mode.PASSIVE),
				(heartbeat) -> heartbeat.withMode(Mode.OFF).withDataIdleTimeout(Duration.ofSeconds(40)))) {
			BlockedRig blocked = ready(2, settings);
			blocked.block();
			blocked.rig.advance(HOUR);
			assertThat(blocked.rig.attempts()).isOne();
			blocked.unblock();
			blocked.rig.advance(INTERVAL.plus(TIMEOUT).minus(NANO));
			assertThat(blocked.rig.state()).isEqualTo(ConnectionState.READY);
			blocked.rig.advance(NANO);
			HeartbeatMonitorTests.assertLost(blocked.rig);
		}
	}

	@Test
	void anUpdateDoesNotStartTimeOuts() {
		BlockedRig blocked = ready(2, (heartbeat) -> heartbeat);
		blocked.block();
		blocked.rig.advance(HOUR);
		blocked.rig.client.updateHeartbeat(
				(heartbeat) -> heartbeat.withMode(Mode.PASSIVE).withDataIdleTimeout(Duration.ofSeconds(5)));
		blocked.rig.advance(HOUR);
		assertThat(blocked.rig.attempts()).isOne();
		blocked.unblock();
		blocked.rig.advance(Duration.ofSeconds(5));
		HeartbeatMonitorTests.assertLost(blocked.rig);
	}

	@Test
	void aNewConnectionDoesNotReadEither() {
		BlockedRig blocked = ready(2, (heartbeat) -> heartbeat.withDataIdleTimeout(Duration.ofMinutes(1)));
		blocked.block();
		blocked.rig.client.reconnect();
		assertThat(blocked.rig.attempts()).isEqualTo(2);
		assertThat(blocked.rig.connection().isReading()).isFalse();
		blocked.rig.advance(HOUR);
		assertThat(blocked.rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(blocked.rig.attempts()).isEqualTo(2);
		blocked.unblock();
	}

	@Test
	void theSessionTimeOutStandsStillToo() {
		BlockedRig blocked = new BlockedRig(2,
				(builder) -> builder.heartbeat((beat) -> beat.withMode(Mode.OFF))
					.session((session) -> new SessionSettings(INTERVAL,
							List.of(new SessionSettings.Step("", "welcome", List.of())), List.of())));
		Rig rig = blocked.rig;
		rig.client.connect();
		rig.advance(Duration.ofSeconds(10));
		blocked.block();
		rig.advance(HOUR);
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
		blocked.unblock();
		rig.advance(Duration.ofSeconds(20).minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
		rig.advance(NANO);
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	@Test
	void nothingIsJudgedOnceTheClientCloses() {
		BlockedRig blocked = ready(2, (heartbeat) -> heartbeat);
		Rig rig = blocked.rig;
		blocked.block();
		rig.advance(INTERVAL);
		rig.connection().ignoreClose();
		rig.client.disconnect();
		blocked.unblock();
		rig.advance(HOUR.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.DRAINING);
		rig.advance(NANO);
		assertThat(rig.observed("missed")).isEmpty();
		assertThat(rig.observed("disconnected")).containsExactly("disconnected Requested");
	}

	private static BlockedRig ready(int bufferMessages, UnaryOperator<HeartbeatSettings> heartbeat) {
		BlockedRig blocked = new BlockedRig(bufferMessages,
				(builder) -> builder.heartbeat(heartbeat).closeTimeout(HOUR));
		blocked.rig.connect();
		return blocked;
	}

}
