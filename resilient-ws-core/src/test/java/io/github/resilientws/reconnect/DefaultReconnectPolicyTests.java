package io.github.resilientws.reconnect;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.resilientws.ConnectForbiddenException;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HeartbeatLost;
import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.DisconnectCause.SupplyFailed;
import io.github.resilientws.DisconnectCause.WriteFailed;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.ReconnectSettings.Jitter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultReconnectPolicy}: actions, limits and waits.
 */
class DefaultReconnectPolicyTests {

	private static final ReconnectSettings PLAIN = ReconnectSettings.DEFAULTS.withJitter(Jitter.NONE);

	private static final String RETRY = "1000 ms";

	private static final String SLOW = "30000 ms";

	@ParameterizedTest
	@MethodSource("table")
	void followsTheTable(DisconnectCause cause, String withCustomizer, String without) {
		ReconnectPolicy policy = Series.policy(PLAIN, Series.random(1));
		assertThat(new Series(policy, true).attemptEnds(cause)).isEqualTo(withCustomizer);
		assertThat(new Series(policy, false).attemptEnds(cause)).isEqualTo(without);
	}

	static Stream<Arguments> table() {
		return Stream
			.of(rows(RETRY, RETRY, statuses(404, 408, 425, 429, 500, 501, 502, 503, 504, 511, 599)),
					rows("refresh", "stop", statuses(401, 403)),
					rows("stop", "stop", statuses(400, 405, 410, 426, 300, 301, 302, 304, 307, 308, 399)),
					rows(SLOW, SLOW, statuses(100, 200, 201, 204, 299, 402, 406, 409, 418, 451, 499, 600, 999, 42)),
					rows("refresh", SLOW, closes(1008, 4401, 4403)),
					rows(RETRY, RETRY, closes(1000, 1001, 1005, 1006, 1011, 1014)),
					rows(SLOW, SLOW, closes(1012, 1013, 1002, 1003, 1007, 1009, 1010)),
					rows(RETRY, RETRY, closes(3000, 3999, 4000, 4400, 4402, 4999, 1015, 1004, 2000, 0, 70000)),
					rows(RETRY, RETRY,
							IntStream.of(1000, 1002, 1005, 1006, 1008, 1009, 1012, 4401)
								.mapToObj((code) -> new Closed(code, "", false))),
					rows("stop", "stop", problems(Problem.MISSING_SUBPROTOCOL)),
					rows("stop", "stop", Stream.of(new ConnectFailed(new ConnectForbiddenException("no")))),
					rows(SLOW, SLOW,
							problems(Problem.UNASKED_SUBPROTOCOL, Problem.UNASKED_EXTENSION, Problem.MALFORMED)),
					rows(RETRY, RETRY, problems(Problem.WRONG_ACCEPT_KEY)),
					rows(RETRY, RETRY, Stream.of(new ConnectFailed(new UnknownHostException("h")), new HeartbeatLost(),
							new SupplyFailed(new IOException()), new WriteFailed(new IOException()), new Requested())))
			.flatMap((rows) -> rows);
	}

	@Test
	void settingsGoBeforeTheTable() {
		ReconnectSettings settings = PLAIN.withOnClose("1006", ReconnectAction.STOP)
			.withOnClose("4000-4099", ReconnectAction.RETRY_SLOW)
			.withOnClose("1008", ReconnectAction.RETRY)
			.withOnStatus("5xx", ReconnectAction.STOP)
			.withOnStatus("503", ReconnectAction.REFRESH)
			.withOnStatus("302", ReconnectAction.RETRY);
		assertThat(Series.of(settings).attemptEnds(Series.closedByPeer(1006))).isEqualTo("stop");
		assertThat(Series.of(settings).attemptEnds(new Closed(1006, "", false))).isEqualTo("stop");
		assertThat(Series.of(settings).attemptEnds(Series.closedByPeer(4050))).isEqualTo(SLOW);
		assertThat(Series.of(settings).attemptEnds(new Closed(4050, "", false))).isEqualTo(RETRY);
		assertThat(Series.of(settings).attemptEnds(Series.closedByPeer(1008))).isEqualTo(RETRY);
		assertThat(Series.of(settings).attemptEnds(Series.refused(500))).isEqualTo("stop");
		assertThat(Series.of(settings).attemptEnds(Series.refused(503))).isEqualTo("refresh");
		assertThat(Series.of(settings).attemptEnds(Series.refused(302))).isEqualTo(RETRY);
		assertThat(new Series(Series.policy(settings, Series.random(1)), false).attemptEnds(Series.refused(503)))
			.isEqualTo("stop");
	}

	@Test
	void resetWaitsAsRetryAndResetsTheSession() {
		ReconnectPolicy policy = Series.policy(
				PLAIN.withOnClose("4009", ReconnectAction.RESET).withOnStatus("410", ReconnectAction.RESET),
				Series.random(1));
		ReconnectSeries series = new ReconnectSeries("chat", true);
		series.ended(Duration.ZERO, null);
		assertThat(policy.next(series, Series.closedByPeer(4009)))
			.isEqualTo(new ReconnectDecision.Retry(Duration.ofSeconds(1)));
		assertThat(series.isSessionReset()).isTrue();
		series.ended(Duration.ZERO, null);
		assertThat(series.isSessionReset()).isFalse();
		policy.next(series, Series.closedByPeer(4008));
		assertThat(series.isSessionReset()).isFalse();
		policy.next(series, Series.refused(410));
		assertThat(series.isSessionReset()).isTrue();
		series.ended(Duration.ZERO, ReconnectAction.RESET);
		assertThat(series.isSessionReset()).isTrue();
	}

	@Test
	void demandOfASessionStepGoesBeforeTheTable() {
		Closed cause = new Closed(1000, "", false);
		assertThat(Series.of(PLAIN).attemptEnds(cause, Duration.ZERO, ReconnectAction.STOP)).isEqualTo("stop");
		assertThat(Series.of(PLAIN).attemptEnds(cause, Duration.ZERO, ReconnectAction.REFRESH)).isEqualTo("refresh");
		Series plain = new Series(Series.policy(PLAIN, Series.random(1)), false);
		assertThat(plain.attemptEnds(cause, Duration.ZERO, ReconnectAction.REFRESH)).isEqualTo(SLOW);
		assertThat(plain.attemptEnds(Series.refused(400), Duration.ZERO, ReconnectAction.RETRY)).isEqualTo("1500 ms");
	}

	@Test
	void neverReconnectsWhenDisabled() {
		assertThat(Series.of(PLAIN.withEnabled(false)).lost(Series.closedByPeer(1006))).isEqualTo("stop");
		assertThat(Series.of(PLAIN.withEnabled(false)).attemptEnds(Series.refused(401))).isEqualTo("stop");
	}

	@Test
	void givesUpAfterSoManyAttemptsOfASeries() {
		Series series = Series.of(PLAIN.withLimits(2, Duration.ZERO));
		assertThat(series.lost(new HeartbeatLost())).isEqualTo("1000 ms");
		assertThat(series.attemptEnds(Series.refused(503))).isEqualTo("1500 ms");
		assertThat(series.attemptEnds(Series.refused(503))).isEqualTo("stop");
		assertThat(Series.of(PLAIN.withLimits(1, Duration.ZERO)).attemptEnds(Series.refused(401))).isEqualTo("stop");
	}

	@Test
	void givesUpAfterSoMuchTime() {
		Series series = Series.of(PLAIN.withLimits(0, Duration.ofSeconds(10)));
		assertThat(series.lost(new HeartbeatLost())).isEqualTo("1000 ms");
		assertThat(series.attemptEnds(Series.refused(503), Duration.ofMillis(9999), null)).isEqualTo("1500 ms");
		assertThat(series.attemptEnds(Series.refused(503), Duration.ofSeconds(10), null)).isEqualTo("stop");
	}

	@Test
	void waitsGrowUpToTheCap() {
		Series series = Series.of(PLAIN.withBackOff(Duration.ofMillis(1000), 1.5, Duration.ofSeconds(8)));
		assertThat(Stream.generate(() -> series.attemptEnds(Series.refused(503))).limit(8)).containsExactly("1000 ms",
				"1500 ms", "2250 ms", "3375 ms", "5062 ms", "7593 ms", "8000 ms", "8000 ms");
	}

	@Test
	void waitsAreConstantWithMultiplierOne() {
		Series series = Series.of(PLAIN.withBackOff(Duration.ofMillis(700), 1, Duration.ofSeconds(8)));
		assertThat(Stream.generate(() -> series.attemptEnds(Series.refused(503))).limit(50)).containsOnly("700 ms");
	}

	@Test
	void slowWaitsCountToo() {
		Series series = Series.of(PLAIN);
		assertThat(series.attemptEnds(Series.closedByPeer(1012))).isEqualTo(SLOW);
		assertThat(series.attemptEnds(Series.closedByPeer(1012))).isEqualTo(SLOW);
		assertThat(series.attemptEnds(Series.refused(503))).isEqualTo("2250 ms");
	}

	@Test
	void jitterSpreadsFromZeroToTheWaitAtTheCapToo() {
		ReconnectSettings settings = ReconnectSettings.DEFAULTS.withBackOff(Duration.ofSeconds(1), 10,
				Duration.ofSeconds(5));
		Series series = new Series(Series.policy(settings, Series.random(0, 0.5, 0.25, 0)), true);
		assertThat(Stream.generate(() -> series.attemptEnds(Series.refused(503))).limit(4)).containsExactly("0 ms",
				"2500 ms", "1250 ms", "0 ms");
	}

	@Test
	void jitterSpreadsSlowWaitsOverTheirUpperHalf() {
		Series series = new Series(Series.policy(ReconnectSettings.DEFAULTS, Series.random(0, 0.5, 1)), true);
		assertThat(Stream.generate(() -> series.attemptEnds(Series.refused(200))).limit(3)).containsExactly("15000 ms",
				"22500 ms", "30000 ms");
	}

	@Test
	void nothingOverflowsAfterManyAttempts() {
		Duration year = Duration.ofDays(365);
		Series series = Series.of(PLAIN.withBackOff(Duration.ofMillis(100), 100, year));
		List<String> waits = Stream.generate(() -> series.attemptEnds(Series.refused(503))).limit(10_000).toList();
		assertThat(waits.subList(10, 10_000)).containsOnly(year.toMillis() + " ms");
	}

	private static Stream<Arguments> rows(String withCustomizer, String without,
			Stream<? extends DisconnectCause> causes) {
		return causes.map((cause) -> Arguments.of(cause, withCustomizer, without));
	}

	private static Stream<DisconnectCause> statuses(int... statuses) {
		return IntStream.of(statuses).mapToObj((status) -> Series.refused(status));
	}

	private static Stream<DisconnectCause> closes(int... codes) {
		return IntStream.of(codes).mapToObj(Series::closedByPeer);
	}

	private static Stream<DisconnectCause> problems(Problem... problems) {
		return Stream.of(problems).map((problem) -> new ConnectFailed(new WebSocketHandshakeException(problem, "")));
	}

}
