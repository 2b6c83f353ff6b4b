package io.github.resilientws.reconnect;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.retry.RetryContext;
import org.springframework.retry.backoff.FixedBackOffPolicy;
import org.springframework.retry.policy.AlwaysRetryPolicy;
import org.springframework.retry.policy.SimpleRetryPolicy;

import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HeartbeatLost;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.settings.ReconnectSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpringRetrySeries} by way of {@link DefaultReconnectPolicy}.
 */
class SpringRetrySeriesTests {

	@Test
	void retryPolicyOfTheUserReplacesOurLimits() {
		ReconnectSettings settings = ReconnectSettings.DEFAULTS.withLimits(1, Duration.ofSeconds(1));
		ReconnectPolicy policy = Series.policy(settings, Series.random(1), new SimpleRetryPolicy(3), null);
		for (int i = 0; i < 2; i++) {
			Series series = new Series(policy, true);
			assertThat(series.lost(new HeartbeatLost(), Duration.ofHours(1), null)).isEqualTo("1000 ms");
			assertThat(series.attemptEnds(Series.refused(503), Duration.ofHours(1), null)).isEqualTo("1500 ms");
			assertThat(series.attemptEnds(Series.refused(503), Duration.ofHours(1), null)).isEqualTo("2250 ms");
			assertThat(series.attemptEnds(Series.refused(503), Duration.ofHours(1), null)).isEqualTo("stop");
		}
	}

	@Test
	void tableDecidesBeforeTheRetryPolicyOfTheUser() {
		ReconnectPolicy policy = Series.policy(ReconnectSettings.DEFAULTS, Series.random(1), new AlwaysRetryPolicy(),
				null);
		assertThat(new Series(policy, true).attemptEnds(Series.refused(400))).isEqualTo("stop");
	}

	@Test
	void retryPolicyOfTheUserMayDecideByTheFailure() {
		SimpleRetryPolicy retryPolicy = new SimpleRetryPolicy(9, Map.of(UnknownHostException.class, false), true, true);
		Series series = new Series(Series.policy(ReconnectSettings.DEFAULTS, Series.random(1), retryPolicy, null),
				true);
		assertThat(series.attemptEnds(Series.refused(503))).isEqualTo("1000 ms");
		assertThat(series.attemptEnds(new ConnectFailed(new UnknownHostException("h")))).isEqualTo("stop");
	}

	@Test
	void eachFailedAttemptIsRegisteredOnceWithItsCause() {
		List<Throwable> registered = new ArrayList<>();
		AlwaysRetryPolicy retryPolicy = new AlwaysRetryPolicy() {

			@Override
			public void registerThrowable(RetryContext context, Throwable throwable) {
				registered.add(throwable);
			}

		};
		Series series = new Series(Series.policy(ReconnectSettings.DEFAULTS, Series.random(1), retryPolicy, null),
				true);
		series.lost(new HeartbeatLost());
		assertThat(registered).isEmpty();
		series.attemptEnds(Series.refused(503));
		assertThat(registered).singleElement()
			.isInstanceOfSatisfying(WebSocketConnectException.class,
					(ex) -> assertThat(ex.getDisconnectCause()).isEqualTo(Series.refused(503)));
		series.attemptEnds(Series.refused(400));
		assertThat(registered).hasSize(2);
	}

	@Test
	void backOffPolicyOfTheUserReplacesDelayAndJitter() {
		Series series = new Series(Series.policy(ReconnectSettings.DEFAULTS, Series.random(0), null, fixed(1234)),
				true);
		assertThat(Stream.generate(() -> series.attemptEnds(Series.refused(503))).limit(3)).containsOnly("1234 ms");
	}

	@Test
	void backOffPolicyOfTheUserIsRaisedWhereTheServerIsSpared() {
		ReconnectSettings settings = ReconnectSettings.DEFAULTS;
		Series quick = new Series(Series.policy(settings, Series.random(0), null, fixed(1234)), true);
		assertThat(quick.attemptEnds(Series.closedByPeer(1012))).isEqualTo("15000 ms");
		assertThat(quick.attemptEnds(Series.refused(503, "7"))).isEqualTo("7000 ms");
		Series slow = new Series(Series.policy(settings, Series.random(0), null, fixed(60_000)), true);
		assertThat(slow.attemptEnds(Series.closedByPeer(1012))).isEqualTo("60000 ms");
	}

	private static FixedBackOffPolicy fixed(long millis) {
		FixedBackOffPolicy policy = new FixedBackOffPolicy();
		policy.setBackOffPeriod(millis);
		return policy;
	}

}
