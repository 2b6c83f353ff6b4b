package io.github.resilientws.internal.heartbeat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Heartbeats that wait behind data on a slow line: a peer that takes bytes is alive, a
 * peer that takes none is found in time. Beats every 30 seconds, to be answered within
 * 10, as by default.
 */
class SlowLineTests {

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** How late the end of the last byte may be noticed. */
	private static final Duration SAMPLE = TIMEOUT.dividedBy(10);

	private static final Duration NANO = Duration.ofNanos(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	@ParameterizedTest
	@EnumSource(names = { "PING", "TEXT" })
	void peerThatTakesBytesIsNotDead(Mode mode) {
		Rig rig = ready((heartbeat) -> inMode(heartbeat, mode));
		rig.connection().holdWrites();
		trickle(rig, 600);
		assertThat(beats(rig)).isOne();
		assertThat(rig.observed("missed")).isEmpty();
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.connection().releaseWrites();
		rig.advanceMillis(50);
		rig.connection().bytes();
		rig.advance(TIMEOUT);
		assertThat(beats(rig)).isEqualTo(2);
		rig.connection().bytes();
		rig.advance(INTERVAL);
		assertThat(beats(rig)).isEqualTo(3);
		assertThat(rig.attempts()).isOne();
	}

	@Test
	void passivePeerThatTakesBytesMustBeHeard() {
		Rig rig = ready((heartbeat) -> heartbeat.withMode(Mode.PASSIVE));
		rig.connection().holdWrites();
		for (int i = 0; i < 20; i++) {
			trickle(rig, 30);
			rig.connection().bytes();
		}
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		trickle(rig, 39);
		rig.advance(SECOND.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void peerThatTakesNothingIsFoundAtTheBound(int maxMissed) {
		Rig rig = ready((heartbeat) -> heartbeat.withMaxMissed(maxMissed));
		rig.connection().holdWrites();
		rig.advance(INTERVAL.plus(TIMEOUT.multipliedBy(maxMissed)).minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.observed("missed")).hasSize(maxMissed - 1);
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
		assertThat(rig.observed("missed")).hasSize(maxMissed);
		assertThat(rig.connection().pings()).as("no beat goes behind one that waits").hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void peerThatStopsTakingBytesIsFoundAfterTheTimeout(int maxMissed) {
		Rig rig = ready((heartbeat) -> heartbeat.withMaxMissed(maxMissed));
		rig.connection().holdWrites();
		trickle(rig, 100);
		rig.connection().takesBytes(1);
		rig.advance(TIMEOUT.multipliedBy(maxMissed).minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(SAMPLE.plus(NANO));
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void peerThatSendsButDoesNotReadIsFound() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		trickle(rig, 45);
		for (int second = 0; second < 10; second++) {
			assertThat(rig.state()).isEqualTo(ConnectionState.READY);
			rig.connection().text("data");
			rig.advance(SECOND);
		}
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void oneByteJustInTimeIsEnough() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		rig.advance(INTERVAL);
		for (int i = 0; i < 30; i++) {
			rig.advance(TIMEOUT.minus(NANO));
			rig.connection().takesBytes(1);
			assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		}
		assertThat(rig.observed("missed")).isEmpty();
	}

	@Test
	void missesWithBytesTakenInBetweenAreNotInARow() {
		Rig rig = ready((heartbeat) -> heartbeat.withMaxMissed(2));
		rig.connection().holdWrites();
		rig.advance(INTERVAL.plus(TIMEOUT));
		trickle(rig, 60);
		rig.advance(TIMEOUT);
		assertThat(rig.observed("missed")).containsExactly("missed 1", "missed 1");
		rig.advance(TIMEOUT.minus(SECOND).minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(SECOND.plus(NANO));
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void textsBeginWhenReadyThoughAPingWaits() {
		Rig rig = Rig.in(ConnectionState.ESTABLISHING);
		rig.connection().holdWrites();
		rig.client.updateHeartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofSeconds(12)));
		trickle(rig, 13);
		rig.client.updateHeartbeat((heartbeat) -> heartbeat.withText("hb", "ok"));
		rig.connection().releaseWrites();
		rig.connection().bytes();
		rig.advance(Duration.ofSeconds(12));
		rig.connection().text("welcome");
		rig.advance(Duration.ofSeconds(12).minus(NANO));
		assertThat(beats(rig)).isOne();
		rig.advance(NANO);
		assertThat(rig.connection().sentTexts()).containsExactly("hb");
	}

	@Test
	void theTimeoutBeginsWhenTheBeatIsWritten() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		trickle(rig, 55);
		rig.connection().bytes();
		rig.connection().releaseWrites();
		rig.advance(TIMEOUT.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void pongBeforeTheResultOfTheWriteIsAnAnswer() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		rig.advance(INTERVAL);
		rig.connection().pong();
		rig.connection().releaseWrites();
		rig.advance(TIMEOUT);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.observed("answered")).containsExactly("answered PT0S");
		assertThat(rig.observed("missed")).isEmpty();
	}

	@Test
	void aPauseOfOursLooksAtTheSocketFirst() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		rig.advance(INTERVAL.plusSeconds(5));
		rig.time.pause(Duration.ofMinutes(2));
		rig.connection().takesBytes(1);
		rig.advance(TIMEOUT);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(SECOND);
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void probeWaitsForAsLongAsBytesAreTaken() {
		for (Mode mode : new Mode[] { Mode.PING, Mode.OFF }) {
			Rig rig = ready((heartbeat) -> heartbeat.withMode(mode));
			rig.connection().holdWrites();
			CompletableFuture<Duration> first = rig.client.probe();
			trickle(rig, 60);
			CompletableFuture<Duration> second = rig.client.probe();
			assertThat(rig.connection().pings()).hasSize(1);
			assertThat(first).isNotDone();
			rig.connection().releaseWrites();
			rig.advance(Duration.ofSeconds(2));
			rig.connection().pong();
			assertThat(List.of(done(first), done(second))).containsOnly(Duration.ofSeconds(62));
		}
	}

	@Test
	void probeFailsWhenNoByteIsTaken() {
		Rig rig = ready((heartbeat) -> heartbeat.withMaxMissed(2));
		rig.connection().holdWrites();
		CompletableFuture<Duration> probe = rig.client.probe();
		rig.advance(TIMEOUT.minus(NANO));
		assertThat(rig.observed("missed")).isEmpty();
		rig.advance(NANO);
		assertThat(Rig.failure(probe)).isInstanceOf(TimeoutException.class);
		CompletableFuture<Duration> again = rig.client.probe();
		rig.advance(TIMEOUT);
		assertThat(Rig.failure(again)).isInstanceOf(TimeoutException.class);
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void probeFailsWhenItWasWrittenAndIsNotAnswered() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		CompletableFuture<Duration> probe = rig.client.probe();
		trickle(rig, 25);
		rig.connection().releaseWrites();
		rig.connection().bytes();
		rig.advance(TIMEOUT.minus(NANO));
		assertThat(probe).isNotDone();
		rig.advance(NANO);
		assertThat(Rig.failure(probe)).isInstanceOf(TimeoutException.class);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void passiveIsWatchedWhileAProbeWaits() {
		Rig rig = ready((heartbeat) -> heartbeat.withMode(Mode.PASSIVE));
		rig.connection().holdWrites();
		rig.client.probe();
		trickle(rig, 39);
		rig.advance(SECOND.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
	}

	@Test
	void silenceOfDataIsFoundThoughBytesAreTaken() {
		Rig rig = ready((heartbeat) -> heartbeat.withDataIdleTimeout(Duration.ofSeconds(90)));
		rig.connection().holdWrites();
		for (int second = 1; second < 90; second++) {
			trickle(rig, 1);
			rig.connection().bytes();
		}
		rig.advance(SECOND.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
	}

	@ParameterizedTest
	@EnumSource(names = { "PING", "TEXT" })
	void updatesDoNotHideABeatThatIsNotWritten(Mode mode) {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		rig.advance(INTERVAL);
		CompletableFuture<Duration> probe = rig.client.probe();
		for (int second = 1; second <= 9; second++) {
			rig.advance(SECOND);
			rig.client.updateHeartbeat((heartbeat) -> inMode(heartbeat, mode).withInterval(Duration.ofSeconds(60)));
		}
		rig.advance(SECOND.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(beats(rig)).isOne();
		assertThat(probe).isNotDone();
		rig.advance(NANO);
		HeartbeatMonitorTests.assertLost(rig);
		assertThat(Rig.failure(probe)).isInstanceOf(TimeoutException.class);
	}

	@Test
	void updateHoldsForTheBeatAfterOneThatWaits() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		trickle(rig, 35);
		rig.client.updateHeartbeat((heartbeat) -> heartbeat.withText("hb", "ok").withInterval(Duration.ofSeconds(60)));
		trickle(rig, 35);
		assertThat(beats(rig)).isOne();
		rig.connection().releaseWrites();
		rig.connection().bytes();
		// 60 seconds after the beat, which was due after 30
		rig.advance(Duration.ofSeconds(20).minus(NANO));
		assertThat(rig.connection().sentTexts()).isEmpty();
		rig.advance(NANO);
		assertThat(rig.connection().sentTexts()).containsExactly("hb");
		assertThat(rig.observed("missed")).isEmpty();
	}

	@Test
	void switchingHeartbeatsOffForgetsABeatThatWaits() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		rig.advance(INTERVAL.plusSeconds(5));
		CompletableFuture<Duration> probe = rig.client.probe();
		rig.client.updateHeartbeat((heartbeat) -> heartbeat.withMode(Mode.OFF));
		assertThat(Rig.failure(probe)).isInstanceOf(IllegalStateException.class);
		rig.advance(Duration.ofHours(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void largeMessageIsNeitherSentAgainNorPoison() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		rig.connection().holdWrites();
		CompletableFuture<Delivery> future = Acks.send(rig, "large");
		rig.connection().setWritable(false);
		trickle(rig, 1200);
		assertThat(Acks.ids(rig)).containsExactly("large");
		assertThat(rig.attempts()).isOne();
		rig.connection().releaseWrites();
		rig.connection().setWritable(true);
		rig.advance(Duration.ofSeconds(5).minus(NANO));
		Acks.alive(rig);
		assertThat(Acks.ids(rig)).containsExactly("large");
		Acks.ack(rig, "large");
		assertThat(Rig.delivered(future).attempts()).isOne();
		assertThat(rig.observed("d")).isEmpty();
		Acks.assertEmpty(rig);
	}

	@Test
	void acknowledgementTimeoutBeginsWhenALargeMessageIsWritten() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		rig.connection().holdWrites();
		Acks.send(rig, "large");
		trickle(rig, 120);
		rig.connection().releaseWrites();
		Acks.alive(rig);
		rig.advance(Duration.ofSeconds(5).minus(NANO));
		assertThat(Acks.ids(rig)).containsExactly("large");
		rig.advance(NANO);
		assertThat(Acks.ids(rig)).containsExactly("large", "large");
		assertThat(rig.attempts()).isOne();
	}

	@Test
	void smallMessagesAreNotOverdueWhileALargeOneIsTaken() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		Acks.send(rig, "small");
		rig.connection().holdWrites();
		Acks.send(rig, "large");
		rig.connection().setWritable(false);
		Acks.send(rig, "next");
		for (int i = 0; i < 60; i++) {
			trickle(rig, 10);
			Acks.alive(rig);
		}
		assertThat(Acks.ids(rig)).containsExactly("small", "large");
		assertThat(rig.attempts()).isOne();
	}

	private static Rig ready(UnaryOperator<HeartbeatSettings> settings) {
		return HeartbeatMonitorTests.ready(settings);
	}

	private static HeartbeatSettings inMode(HeartbeatSettings heartbeat, Mode mode) {
		return ((mode == Mode.TEXT) ? heartbeat.withText("hb", "ok") : heartbeat).withMode(mode);
	}

	private static int beats(Rig rig) {
		return rig.connection().pings().size() + rig.connection().sentTexts().size();
	}

	/** One byte each second, and no more. */
	private static void trickle(Rig rig, int seconds) {
		for (int i = 0; i < seconds; i++) {
			rig.connection().takesBytes(1);
			rig.advance(SECOND);
		}
	}

	private static Duration done(CompletableFuture<Duration> future) {
		return future.orTimeout(5, TimeUnit.SECONDS).join();
	}

}
