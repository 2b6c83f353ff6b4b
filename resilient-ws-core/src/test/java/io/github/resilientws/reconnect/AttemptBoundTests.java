package io.github.resilientws.reconnect;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HeartbeatLost;
import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.DisconnectCause.SupplyFailed;
import io.github.resilientws.DisconnectCause.WriteFailed;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;
import io.github.resilientws.reconnect.ReconnectDecision.Retry;
import io.github.resilientws.reconnect.ReconnectDecision.Stop;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.ReconnectSettings.Jitter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no end, repeated for ever, makes a client storm its server.
 */
class AttemptBoundTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final int STORM = 10_000;

	@Test
	void withoutJitterTheFirstMinuteIsBounded() {
		forEachSetting((initial, settings) -> forEachSequence((causes) -> {
			int attempts = attemptsInAMinute(settings.withJitter(Jitter.NONE), new Random(1), causes);
			assertThat(attempts).as("%s", causes).isLessThanOrEqualTo(bound(initial));
		}));
	}

	@Test
	void withJitterTheFirstMinuteIsBoundedThreefold() {
		Random random = new Random(42);
		forEachSetting((initial, settings) -> forEachSequence((causes) -> {
			int attempts = attemptsInAMinute(settings, random, causes);
			assertThat(attempts).as("%s", causes).isLessThanOrEqualTo(3 * bound(initial));
		}));
	}

	private static int bound(Duration initial) {
		return (int) (2 + MINUTE.toMillis() / initial.toMillis());
	}

	private static void forEachSetting(BiConsumer<Duration, ReconnectSettings> test) {
		for (Duration initial : List.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(20))) {
			for (double multiplier : List.of(1.0, 1.5)) {
				test.accept(initial,
						ReconnectSettings.DEFAULTS.withBackOff(initial, multiplier, Duration.ofSeconds(30)));
			}
		}
	}

	private static void forEachSequence(Consumer<List<DisconnectCause>> test) {
		List<DisconnectCause> causes = causes();
		causes.forEach((cause) -> test.accept(List.of(cause)));
		for (int i = 1; i < causes.size(); i++) {
			test.accept(List.of(causes.get(i - 1), causes.get(i)));
		}
		test.accept(List.of(Series.refused(401), Series.refused(403), Series.closedByPeer(1008)));
	}

	private static List<DisconnectCause> causes() {
		List<DisconnectCause> causes = new ArrayList<>();
		IntStream.of(200, 302, 400, 401, 403, 404, 429, 503)
			.mapToObj((status) -> Series.refused(status))
			.forEach(causes::add);
		causes.add(Series.refused(503, "1"));
		causes.add(Series.refused(401, "1"));
		IntStream.of(1000, 1001, 1002, 1006, 1008, 1012, 4000, 4401)
			.mapToObj(Series::closedByPeer)
			.forEach(causes::add);
		Stream.of(Problem.values())
			.map((problem) -> new ConnectFailed(new WebSocketHandshakeException(problem, "")))
			.forEach(causes::add);
		causes.addAll(List.of(new Closed(1009, "", false), new ConnectFailed(new IOException()), new HeartbeatLost(),
				new SupplyFailed(new IOException()), new WriteFailed(new IOException()), new Requested()));
		return causes;
	}

	private static int attemptsInAMinute(ReconnectSettings settings, RandomGenerator random,
			List<DisconnectCause> causes) {
		ReconnectPolicy policy = Series.policy(settings, random);
		ReconnectSeries outage = new ReconnectSeries("chat", true);
		Duration now = Duration.ZERO;
		int attempts = 0;
		while (now.compareTo(MINUTE) < 0 && attempts < STORM) {
			outage.nextAttempt();
			outage.ended(now, null);
			ReconnectDecision decision = policy.next(outage, causes.get(attempts++ % causes.size()));
			if (decision instanceof Stop) {
				break;
			}
			now = (decision instanceof Retry retry) ? now.plus(retry.delay()) : now;
		}
		return attempts;
	}

}
