package io.github.resilientws.internal.heartbeat;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.HeartbeatSettings.Unit;
import io.github.resilientws.settings.ReconnectSettings.Jitter;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for times of the heartbeat that the server sends.
 */
class AdvertisedHeartbeatTests {

	@RegisterExtension
	final CapturedLog log = new CapturedLog(AdvertisedHeartbeat.class);

	@Test
	void anAdvertisedIntervalStartsTextBeatsAtOnce() {
		Rig rig = rig(text()).connect();
		rig.advance(Duration.ofSeconds(5));
		rig.connection().text("{\"interval\":8000}");
		assertBeat(rig, Duration.ofSeconds(8), 1);
		rig.connection().text("pong");
		assertBeat(rig, Duration.ofSeconds(8), 2);
	}

	@Test
	void theFirstBeatIsSpread() {
		Rig rig = new Rig((builder) -> builder.heartbeat(text())
			.reconnect((reconnect) -> reconnect.withJitter(Jitter.FULL))
			.component(RandomGenerator.class, () -> 1L << 62)).connect();
		rig.connection().text("{\"interval\":8000}");
		assertBeat(rig, Duration.ofSeconds(2), 1);
		rig.connection().text("pong");
		assertBeat(rig, Duration.ofSeconds(8), 2);
	}

	@ParameterizedTest
	@CsvSource({ "3, 5", "20, 0" })
	void textBeatsWaitUntilReady(int readyAfter, int beatAfter) {
		Rig rig = rig(text(), step("", "~go"));
		rig.client.connect();
		rig.connection().text("{\"interval\":8000}");
		rig.advance(Duration.ofSeconds(readyAfter));
		assertThat(rig.connection().sentTexts()).isEmpty();
		rig.connection().text("go");
		if (beatAfter > 0) {
			assertBeat(rig, Duration.ofSeconds(beatAfter), 1);
		}
		rig.advance(Duration.ZERO);
		assertThat(rig.connection().sentTexts()).containsExactly("ping");
	}

	@Test
	void theTimeOutIsAtMostTheAdvertisedInterval() {
		Rig rig = rig(text()).connect();
		rig.connection().text("{\"interval\":2000}");
		rig.advance(Duration.ofSeconds(2));
		rig.advance(Duration.ofSeconds(2).minusMillis(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advanceMillis(1);
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	@Test
	void anAdvertisedTimeOutCounts() {
		Rig rig = rig(text()).connect();
		rig.connection().text("{\"interval\":20000,\"timeout\":3000}");
		rig.advance(Duration.ofSeconds(23).minusMillis(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advanceMillis(1);
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	@Test
	void aPassiveHeartbeatWaitsForTheAdvertisedTimes() {
		Rig rig = rig((heartbeat) -> heartbeat.withMode(Mode.PASSIVE)
			.withIntervalFrom("/interval")
			.withTimeoutFrom("/timeout")
			.withUnit(Unit.S)).connect();
		rig.connection().text("{\"interval\":2,\"timeout\":\"1.5\"}");
		rig.advanceMillis(3499);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.advanceMillis(1);
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	@Test
	void pingsFollowAnAdvertisedInterval() {
		Rig rig = rig((heartbeat) -> heartbeat.withIntervalFrom("/interval")).connect();
		rig.connection().text("{\"interval\":15000}");
		rig.advance(Duration.ofSeconds(15));
		assertThat(rig.connection().pings()).hasSize(1);
	}

	@Test
	void advertisedTimesGoBeforeThoseOfUpdateHeartbeat() {
		Rig rig = rig(text()).connect();
		rig.connection().text("{\"interval\":8000}");
		rig.client.updateHeartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofSeconds(60)));
		assertBeat(rig, Duration.ofSeconds(8), 1);
		rig.connection().text("pong");
		assertBeat(rig, Duration.ofSeconds(8), 2);
		assertThat(rig.client.getHeartbeat().interval()).hasSeconds(60);
	}

	@Test
	void aRepeatedIntervalChangesNothing() {
		Rig rig = rig(text()).connect();
		rig.connection().text("{\"interval\":8000}");
		rig.advance(Duration.ofSeconds(5));
		rig.connection().text("{\"interval\":8000}");
		assertBeat(rig, Duration.ofSeconds(3), 1);
	}

	@Test
	void advertisedTimesEndWithTheConnection() {
		Rig rig = rig(text()).connect();
		rig.connection().text("{\"interval\":8000}");
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertBeat(rig, Duration.ofSeconds(30), 1);
	}

	@ParameterizedTest
	@CsvSource({ "0", "-5", "null", "true", "[]", "\"soon\"", "\"NaN\"", "\"0x10\"",
			"1000000000000000000000000000000000" })
	void whatIsNoTimeIsIgnored(String value) {
		Rig rig = rig(text()).connect();
		rig.connection().text("{\"interval\":" + value + "}");
		assertBeat(rig, Duration.ofSeconds(30), 1);
		assertThat(this.log.list).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1, PT0.1S", "99.9, PT0.1S", "3600001, PT1H", "1e99, PT1H", "9E999999999, PT1H" })
	void timesAreClampedWithOneWarning(String value, Duration clamped) {
		Rig rig = rig(text()).connect();
		rig.connection().text("{\"interval\":" + value + ",\"timeout\":1}");
		assertBeat(rig, clamped, 1);
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage())
				.startsWith("[chat] the server advertised a heartbeat of ")
				.endsWith("not between 100 ms and 1 h: " + clamped + " applies"));
	}

	private static void assertBeat(Rig rig, Duration after, int beats) {
		rig.advance(after.minusMillis(1));
		assertThat(rig.connection().sentTexts()).hasSize(beats - 1);
		rig.advanceMillis(1);
		assertThat(rig.connection().sentTexts()).hasSize(beats).containsOnly("ping");
	}

	private static UnaryOperator<HeartbeatSettings> text() {
		return (heartbeat) -> heartbeat.withText("ping", "pong")
			.withIntervalFrom("/interval")
			.withTimeoutFrom("/timeout");
	}

	private static Step step(String send, String await) {
		return new Step(send, await, List.of());
	}

	private static Rig rig(UnaryOperator<HeartbeatSettings> heartbeat, Step... steps) {
		return new Rig(
				(builder) -> builder.heartbeat(heartbeat).session((session) -> session.withSteps(List.of(steps))));
	}

}
