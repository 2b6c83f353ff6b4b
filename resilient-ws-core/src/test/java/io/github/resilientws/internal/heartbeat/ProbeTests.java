package io.github.resilientws.internal.heartbeat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Beats on demand, other settings at run time, and beats after a pause of the process.
 */
class ProbeTests {

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration NANO = Duration.ofNanos(1);

	@Test
	void isAHeartbeatNow() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		rig.advance(Duration.ofSeconds(7));
		CompletableFuture<Duration> first = rig.client.probe();
		CompletableFuture<Duration> second = rig.client.probe();
		assertThat(rig.connection().pings()).hasSize(1);
		rig.advanceMillis(12);
		rig.connection().pong();
		assertThat(done(first)).isEqualTo(Duration.ofMillis(12));
		assertThat(done(second)).isEqualTo(Duration.ofMillis(12));
		rig.advance(INTERVAL.minusMillis(12).minus(NANO));
		assertThat(rig.connection().pings()).hasSize(1);
		rig.advance(NANO);
		assertThat(rig.connection().pings()).hasSize(2);
		assertThat(rig.observed("answered")).containsExactly("answered PT0.012S");
	}

	@Test
	void isMissedAfterTheTimeout() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		CompletableFuture<Duration> probe = rig.client.probe();
		rig.advance(TIMEOUT.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		assertThat(Rig.failure(probe)).isInstanceOf(TimeoutException.class);
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void rightAfterAnAnsweredBeatSendsAnother() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		rig.advance(INTERVAL);
		rig.connection().pong();
		rig.advance(Duration.ofSeconds(1));
		CompletableFuture<Duration> probe = rig.client.probe();
		assertThat(rig.connection().pings()).hasSize(2);
		rig.advanceMillis(3);
		rig.connection().pong();
		assertThat(done(probe)).isEqualTo(Duration.ofMillis(3));
	}

	@Test
	void takesTheBeatThatIsUnderWay() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		rig.advance(INTERVAL.plusSeconds(1));
		CompletableFuture<Duration> probe = rig.client.probe();
		rig.connection().pong();
		assertThat(done(probe)).isEqualTo(Duration.ofSeconds(1));
		assertThat(rig.connection().pings()).hasSize(1);
	}

	@Test
	void failsWhenTheConnectionIsLostMeanwhile() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		CompletableFuture<Duration> probe = rig.client.probe();
		rig.connection().lose(1006);
		assertThat(Rig.failure(probe)).isInstanceOf(IllegalStateException.class);
	}

	@Test
	void isAPingAlsoWithoutHeartbeats() {
		for (Mode mode : new Mode[] { Mode.OFF, Mode.PASSIVE }) {
			Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat.withMode(mode));
			CompletableFuture<Duration> probe = rig.client.probe();
			rig.connection().pong();
			assertThat(done(probe)).isZero();
			rig.advance(INTERVAL);
			assertThat(rig.connection().pings()).hasSize(1);
			rig.advance(TIMEOUT);
			assertThat(rig.state()).isEqualTo((mode == Mode.OFF) ? ConnectionState.READY : ConnectionState.BACKING_OFF);
		}
	}

	@Test
	void isATextInModeText() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat.withText("hb", "ok"));
		CompletableFuture<Duration> probe = rig.client.probe();
		assertThat(rig.connection().sentTexts()).containsExactly("hb");
		rig.connection().text("ok");
		assertThat(done(probe)).isZero();
	}

	@Test
	void anUpdateTakesEffectFromTheNextBeatOn() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		rig.advance(Duration.ofSeconds(29));
		rig.client.updateHeartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofSeconds(60)));
		rig.advance(Duration.ofSeconds(60).minus(NANO));
		assertThat(rig.connection().pings()).isEmpty();
		rig.advance(NANO);
		assertThat(rig.connection().pings()).hasSize(1);
		rig.connection().pong();
		rig.client.updateHeartbeat(
				(heartbeat) -> heartbeat.withTimeout(Duration.ofSeconds(1)).withInterval(Duration.ofSeconds(2)));
		rig.advance(Duration.ofSeconds(2));
		assertThat(rig.connection().pings()).hasSize(2);
		rig.advance(Duration.ofSeconds(1));
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void anUpdateToTextSendsTheTemplate() {
		Rig rig = new Rig((builder) -> builder.value("who", "me")).connect();
		rig.client.updateHeartbeat((heartbeat) -> heartbeat.withText("{\"hb\":{{who}}}", "/ok"));
		rig.advance(INTERVAL);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"hb\":\"me\"}");
		rig.client.reconnect();
		rig.advance(INTERVAL);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"hb\":\"me\"}");
		assertThat(rig.attempts()).isEqualTo(2);
	}

	@Test
	void anInvalidUpdateLeavesTheOldSettings() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		HeartbeatSettings before = rig.client.getHeartbeat();
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rig.client.updateHeartbeat((heartbeat) -> heartbeat.withInterval(TIMEOUT)));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rig.client.updateHeartbeat((heartbeat) -> heartbeat.withText("{{unknown}}", "")));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rig.client.updateHeartbeat((heartbeat) -> heartbeat.withText("", "")));
		assertThat(rig.client.getHeartbeat()).isEqualTo(before);
		rig.advance(INTERVAL);
		assertThat(rig.connection().pings()).hasSize(1);
	}

	@Test
	void aLateTimerLooksAtInputFirst() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		rig.advance(INTERVAL.plusSeconds(5));
		rig.time.pause(Duration.ofSeconds(10));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.connection().pong();
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.observed("missed")).isEmpty();
		assertThat(rig.connection().isAborted()).isFalse();
	}

	@Test
	void aPauseCostsAtMostOneMissAndOneReconnect() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat.withMaxMissed(3));
		rig.advance(INTERVAL.plusSeconds(5));
		rig.time.pause(Duration.ofMinutes(2));
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.observed("missed")).containsExactly("missed 1");
		Rig dead = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		dead.advance(INTERVAL.plusSeconds(5));
		dead.time.pause(Duration.ofSeconds(10));
		dead.advance(Duration.ofSeconds(29));
		assertThat(dead.attempts()).isEqualTo(2);
		assertThat(dead.observed("missed")).containsExactly("missed 1");
	}

	@Test
	void aPauseWhileBackingOffCostsOneAttempt() {
		Rig rig = Rig.in(ConnectionState.BACKING_OFF);
		rig.time.pause(Duration.ofMinutes(1));
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.attempts()).isEqualTo(2);
	}

	@Test
	void aPauseBeforeABeatSendsOne() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat);
		rig.advance(Duration.ofSeconds(25));
		rig.time.pause(Duration.ofMinutes(10));
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection().pings()).hasSize(1);
		rig.connection().pong();
		rig.advance(Duration.ofSeconds(20));
		assertThat(rig.observed("missed")).isEmpty();
	}

	@Test
	void aPauseWhilePassiveLooksAtInputFirst() {
		Rig rig = HeartbeatMonitorTests.ready((heartbeat) -> heartbeat.withMode(Mode.PASSIVE));
		rig.time.pause(Duration.ofMinutes(10));
		rig.connection().bytes();
		rig.advance(INTERVAL.plus(TIMEOUT).minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
	}

	private static Duration done(CompletableFuture<Duration> future) {
		return future.orTimeout(5, TimeUnit.SECONDS).join();
	}

}
