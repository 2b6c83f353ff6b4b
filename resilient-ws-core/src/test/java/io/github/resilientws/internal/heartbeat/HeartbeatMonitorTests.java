package io.github.resilientws.internal.heartbeat;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.SessionSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Beats every 30 seconds, to be answered within 10, to the nanosecond.
 */
class HeartbeatMonitorTests {

	private static final Duration INTERVAL = Duration.ofSeconds(30);

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration NANO = Duration.ofNanos(1);

	@Test
	void oneBeatEachIntervalWhateverTheTraffic() {
		Rig rig = ready((heartbeat) -> heartbeat);
		for (int second = 1; second <= 300; second++) {
			rig.advance(Duration.ofSeconds(1).minus(NANO));
			assertThat(rig.connection().pings()).hasSize((second - 1) / 30);
			rig.advance(NANO);
			assertThat(rig.connection().pings()).hasSize(second / 30);
			rig.connection().text("data");
		}
		assertThat(rig.observed("missed")).isEmpty();
	}

	@Test
	void pingsFromTheHandshakeAndTextsFromReady() {
		Rig ping = Rig.in(ConnectionState.ESTABLISHING);
		ping.client.updateHeartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofSeconds(20)));
		ping.advance(Duration.ofSeconds(20));
		assertThat(ping.connection().pings()).hasSize(1);
		Rig text = Rig.in(ConnectionState.ESTABLISHING);
		text.client.updateHeartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofSeconds(20)).withText("hb", ""));
		text.advance(Duration.ofSeconds(25));
		text.connection().text("welcome");
		text.advance(Duration.ofSeconds(20).minus(NANO));
		assertThat(text.connection().sentTexts()).isEmpty();
		text.advance(NANO);
		assertThat(text.connection().sentTexts()).containsExactly("hb");
		assertThat(text.connection().pings()).isEmpty();
	}

	@Test
	void anyByteAfterTheBeatClearsIt() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.advance(INTERVAL);
		rig.advance(TIMEOUT.minus(NANO));
		rig.connection().bytes();
		rig.advance(Duration.ofSeconds(20));
		assertThat(rig.connection().pings()).hasSize(1);
		rig.advance(NANO);
		assertThat(rig.connection().pings()).hasSize(2);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void aByteBeforeTheBeatDoesNotClearIt() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.advance(INTERVAL.minus(NANO));
		rig.connection().bytes();
		rig.advance(NANO.plus(TIMEOUT));
		assertLost(rig);
	}

	@Test
	void aByteBeforeTheBeatWasWrittenDoesNotClearIt() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		rig.advance(INTERVAL.plusSeconds(1));
		rig.connection().bytes();
		rig.connection().releaseWrites();
		rig.advance(TIMEOUT.minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		assertLost(rig);
	}

	@Test
	void aBeatThatIsNotWrittenIsMissedWhateverArrives() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.connection().holdWrites();
		for (int second = 1; second < 40; second++) {
			rig.advance(Duration.ofSeconds(1));
			rig.connection().text("data");
		}
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(Duration.ofSeconds(1));
		assertLost(rig);
	}

	@Test
	void deadAfterMaxMissedBeatsOneRightAfterTheOther() {
		Rig rig = ready((heartbeat) -> heartbeat.withMaxMissed(3));
		for (int beats = 1; beats <= 3; beats++) {
			rig.advance((beats == 1) ? INTERVAL : NANO);
			assertThat(rig.connection().pings()).hasSize(beats);
			rig.advance(TIMEOUT.minus(NANO));
			assertThat(rig.connection().pings()).hasSize(beats);
		}
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		assertLost(rig);
		assertThat(rig.observed("missed")).containsExactly("missed 1", "missed 2", "missed 3");
		assertThat(rig.client.getStatistics().getHeartbeatsMissed()).isEqualTo(3);
	}

	@Test
	void anAnswerForgetsEarlierMisses() {
		Rig rig = ready((heartbeat) -> heartbeat.withMaxMissed(2));
		rig.advance(INTERVAL.plus(TIMEOUT));
		rig.connection().pong();
		rig.advance(INTERVAL.minus(NANO));
		assertThat(rig.connection().pings()).hasSize(2);
		rig.advance(NANO);
		assertThat(rig.connection().pings()).hasSize(3);
		rig.advance(TIMEOUT);
		assertThat(rig.observed("missed")).containsExactly("missed 1", "missed 1");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void passiveOnlyListens() {
		Rig rig = ready((heartbeat) -> heartbeat.withMode(Mode.PASSIVE).withMaxMissed(5));
		rig.advance(Duration.ofSeconds(39));
		rig.connection().bytes();
		rig.advance(INTERVAL.plus(TIMEOUT).minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		assertLost(rig);
		assertThat(rig.connection(1).pings()).isEmpty();
	}

	@Test
	void passiveListensFromTheHandshake() {
		Rig rig = new Rig((builder) -> builder.heartbeat((heartbeat) -> heartbeat.withMode(Mode.PASSIVE))
			.session((session) -> new SessionSettings(Duration.ofMinutes(5),
					List.of(new SessionSettings.Step("", "never", List.of())), List.of())));
		rig.client.connect();
		rig.advance(INTERVAL.plus(TIMEOUT).minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
		rig.advance(NANO);
		assertLost(rig);
	}

	@Test
	void withoutDataTheConnectionIsReplacedThoughPongsCome() {
		Rig rig = ready((heartbeat) -> heartbeat.withDataIdleTimeout(Duration.ofSeconds(50)));
		rig.advance(INTERVAL);
		rig.connection().pong();
		rig.advance(Duration.ofSeconds(15));
		rig.connection().text("data");
		rig.advance(Duration.ofSeconds(15));
		rig.connection().pong();
		rig.advance(Duration.ofSeconds(30));
		rig.connection().pong();
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(Duration.ofSeconds(5).minus(NANO));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advance(NANO);
		assertLost(rig);
	}

	@Test
	void offHasNoTimerAtAll() {
		for (UnaryOperator<HeartbeatSettings> off : List.<UnaryOperator<HeartbeatSettings>>of(
				(heartbeat) -> heartbeat.withMode(Mode.OFF), (heartbeat) -> heartbeat.withInterval(Duration.ZERO))) {
			Rig rig = ready(off);
			rig.advance(INTERVAL);
			assertThat(rig.time.pendingTimers()).isZero();
			rig.advance(Duration.ofHours(1));
			assertThat(rig.connection().pings()).isEmpty();
			assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		}
	}

	@Test
	void anIdleClientHasNoTimerBeyondItsNextBeat() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.advance(INTERVAL);
		rig.connection().pong();
		rig.advance(TIMEOUT);
		assertThat(rig.time.pendingTimers()).isOne();
		assertThat(rig.time.untilNextTimer()).isEqualTo(Duration.ofSeconds(20));
	}

	@Test
	void roundTripIsReportedOncePerHeartbeat() {
		Rig rig = ready((heartbeat) -> heartbeat);
		rig.advance(INTERVAL);
		rig.connection().bytes();
		rig.advanceMillis(70);
		rig.connection().pong();
		rig.advanceMillis(70);
		rig.connection().pong();
		rig.advance(INTERVAL.minusMillis(140));
		rig.advanceMillis(5);
		rig.connection().pong();
		assertThat(rig.observed("answered")).containsExactly("answered PT0.07S", "answered PT0.005S");
	}

	@Test
	void anAwaitedTextGivesTheRoundTripAndIsHidden() {
		Rig rig = ready((heartbeat) -> heartbeat.withText("{\"type\":\"PING\"}", "/type = PONG"));
		rig.connection().text("{\"type\":\"PONG\"}");
		rig.advance(INTERVAL);
		assertThat(rig.connection().sentTexts()).containsExactly("{\"type\":\"PING\"}");
		rig.advanceMillis(10);
		rig.connection().text("data");
		rig.advanceMillis(10);
		rig.connection().text("{\"type\":\"PONG\"}");
		rig.connection().text("{\"type\":\"PONG\"}");
		rig.connection().text("end");
		await().until(() -> rig.received.contains("end"));
		assertThat(rig.received).containsExactly("data", "end");
		assertThat(rig.observed("answered")).containsExactly("answered PT0.02S");
	}

	@Test
	void anAwaitedTextBeforeTheBeatWasWrittenIsNoAnswer() {
		Rig rig = ready((heartbeat) -> heartbeat.withText("hb", "ok"));
		rig.connection().holdWrites();
		rig.advance(INTERVAL.plusSeconds(1));
		rig.connection().text("ok");
		assertThat(rig.observed("answered")).isEmpty();
		rig.connection().releaseWrites();
		rig.connection().text("ok");
		assertThat(rig.observed("answered")).containsExactly("answered PT1S");
	}

	@Test
	void aTextThatAwaitsNothingIsAnsweredByAnything() {
		Rig rig = ready((heartbeat) -> heartbeat.withText("hb", ""));
		rig.advance(INTERVAL.plusSeconds(2));
		rig.connection().bytes();
		rig.connection().bytes();
		assertThat(rig.observed("answered")).containsExactly("answered PT2S");
	}

	static Rig ready(UnaryOperator<HeartbeatSettings> settings) {
		return new Rig((builder) -> builder.heartbeat(settings)).connect();
	}

	/** The peer was found dead right now, and not close-handshaked. */
	static void assertLost(Rig rig) {
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.connection().isAborted()).isTrue();
		assertThat(rig.connection().closeCode()).isZero();
		assertThat(rig.observed()).endsWith("disconnected HeartbeatLost",
				"scheduled " + (rig.client.getStatus().attempts() + 1) + " PT1S HeartbeatLost");
	}

}
