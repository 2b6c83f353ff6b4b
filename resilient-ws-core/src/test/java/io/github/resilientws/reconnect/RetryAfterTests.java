package io.github.resilientws.reconnect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.ReconnectSettings.Jitter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how {@link DefaultReconnectPolicy} honours {@code Retry-After}. It is Sunday,
 * 2026-03-01, 12:00:00.
 */
class RetryAfterTests {

	private static final ReconnectSettings PLAIN = ReconnectSettings.DEFAULTS.withJitter(Jitter.NONE);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			7                                        | 7000
			' 007 '                                  | 7000
			1                                        | 1000
			300                                      | 300000
			301                                      | 300000
			1000000000                               | 300000
			99999999999999999999999999999999         | 300000
			Sun, 01 Mar 2026 12:00:20 GMT            | 20000
			Sunday, 01-Mar-26 12:00:20 GMT           | 20000
			Sun Mar  1 12:00:20 2026                 | 20000
			Tue Mar 10 12:00:20 2026                 | 300000
			Fri, 31 Dec 9999 23:59:59 GMT            | 300000
			""")
	void waitsAsLongAsTheServerAsksUpToTheClamp(String value, long millis) {
		assertThat(Series.of(PLAIN).attemptEnds(Series.refused(503, value))).isEqualTo(millis + " ms");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-1", "+5", "0", "1.5", "5s", "5, 10", "soon", "Sun, 01 Mar 2026 11:59:59 GMT",
			"Sun, 01 Mar 2026 12:00:00 GMT", "Saturday, 01-Mar-77 12:00:20 GMT", "Sun Nov  6 08:49:37 1994",
			"Mon, 01 Mar 2026 12:00:20 GMT", "Sun, 32 Mar 2026 12:00:20 GMT", "2026-03-01T12:00:20Z", "\u0667" })
	void ignoresInvalidAndPastValues(String value) {
		assertThat(Series.of(PLAIN).attemptEnds(Series.refused(503, value))).isEqualTo("1000 ms");
	}

	@Test
	void ignoresSeveral() {
		assertThat(Series.of(PLAIN).attemptEnds(Series.refused(503, "5", "10"))).isEqualTo("1000 ms");
	}

	@Test
	void neverShortensTheBackOff() {
		Series series = Series.of(PLAIN);
		series.attemptEnds(Series.refused(503));
		series.attemptEnds(Series.refused(503));
		assertThat(series.attemptEnds(Series.refused(503, "2"))).isEqualTo("2250 ms");
		assertThat(Series.of(PLAIN).attemptEnds(Series.refused(200, "20"))).isEqualTo("30000 ms");
	}

	@Test
	void counts429And200AndWhateverIsRetriedButNotAStop() {
		assertThat(Series.of(PLAIN).attemptEnds(Series.refused(429, "7"))).isEqualTo("7000 ms");
		assertThat(Series.of(PLAIN).attemptEnds(Series.refused(200, "60"))).isEqualTo("60000 ms");
		assertThat(Series.of(PLAIN.withOnStatus("302", ReconnectAction.RETRY)).attemptEnds(Series.refused(302, "7")))
			.isEqualTo("7000 ms");
		assertThat(Series.of(PLAIN).attemptEnds(Series.refused(400, "7"))).isEqualTo("stop");
	}

	@Test
	void spreadsClientsWithTheSameRetryAfter() {
		Series series = new Series(Series.policy(ReconnectSettings.DEFAULTS, Series.random(1, 0.5, 0, 0.25)), true);
		assertThat(series.attemptEnds(Series.refused(503, "7"))).isEqualTo("7500 ms");
		assertThat(series.attemptEnds(Series.refused(503, "7"))).isEqualTo("7375 ms");
		Series slow = new Series(Series.policy(ReconnectSettings.DEFAULTS, Series.random(0, 0.5)), true);
		assertThat(slow.attemptEnds(Series.refused(200, "60"))).isEqualTo("75000 ms");
	}

}
