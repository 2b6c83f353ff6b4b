package io.github.resilientws.scenario;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Servers that refuse, or take connections and drop them: section 9 of the design, row by
 * row.
 */
class HandshakeFaultTests {

	private static final Duration INITIAL_DELAY = Duration.ofMillis(100);

	private static final Duration MAX_DELAY = Duration.ofMillis(400);

	private static final List<String> STOPS = List.of("Connecting 1", "Failed 1");

	private static final List<String> STOPS_AFTER_REFRESH = List.of("Connecting 1", "Scheduled 2 PT0S", "Connecting 2",
			"Scheduled 3 PT0.1S", "Connecting 3", "Failed 3");

	private static final List<String> RETRIES = List.of("Connecting 1", "Scheduled 2 PT0.1S", "Connecting 2",
			"Scheduled 3 PT0.15S", "Connecting 3", "Scheduled 4 PT0.225S");

	private static final List<String> RETRIES_SLOWLY = List.of("Connecting 1", "Scheduled 2 PT0.4S", "Connecting 2",
			"Scheduled 3 PT0.4S");

	@RegisterExtension
	final Scenario scenario = new Scenario();

	static Stream<Fault> faults() {
		return Stream.of(new Fault("401", (server) -> server.always().refuse(401), STOPS),
				new Fault("403", (server) -> server.always().refuse(403), STOPS),
				new Fault("401", (server) -> server.always().refuse(401), STOPS_AFTER_REFRESH).withCustomizer(),
				new Fault("403", (server) -> server.always().refuse(403), STOPS_AFTER_REFRESH).withCustomizer(),
				new Fault("404", (server) -> server.always().refuse(404), RETRIES),
				new Fault("429", (server) -> server.always().refuse(429), RETRIES),
				new Fault("429, garbage", (server) -> server.always().refuse(429, "Retry-After", "soon"), RETRIES),
				new Fault("429, past", (server) -> server.always().refuse(429, "Retry-After", date(-60)), RETRIES),
				new Fault("429, seconds", (server) -> server.always().refuse(429, "Retry-After", "2"),
						List.of("Connecting 1", "Scheduled 2 PT2S")),
				new Fault("429, 10^9", (server) -> server.always().refuse(429, "Retry-After", "1000000000"),
						List.of("Connecting 1", "Scheduled 2 PT5M")),
				new Fault("503", (server) -> server.always().refuse(503), RETRIES),
				new Fault("503, seconds", (server) -> server.always().refuse(503, "Retry-After", "2"),
						List.of("Connecting 1", "Scheduled 2 PT2S")),
				new Fault("200",
						(server) -> server.always().refuseWithBody(200, "<html></html>", "Content-Type", "text/html"),
						RETRIES_SLOWLY),
				new Fault("400", (server) -> server.always().refuse(400), STOPS),
				new Fault("wrong accept key", (server) -> server.always().wrongAcceptKey(), RETRIES),
				new Fault("reset on accept", (server) -> server.always().resetOnAccept(), RETRIES),
				new Fault("unanswered", (server) -> server.always().closeUnanswered(), RETRIES),
				new Fault("unasked extension", (server) -> server.always().extension("permessage-deflate"),
						RETRIES_SLOWLY),
				new Fault("1008", (server) -> server.always().acceptThenClose(1008, Duration.ZERO),
						List.of("Connecting 1", "Connected", "Ready", "Disconnected Closed 1008", "Scheduled 2 PT0.4S",
								"Connecting 2", "Connected", "Ready", "Disconnected Closed 1008",
								"Scheduled 3 PT0.4S")),
				new Fault("1008", (server) -> server.always().acceptThenClose(1008, Duration.ZERO),
						List.of("Connecting 1", "Connected", "Ready", "Disconnected Closed 1008", "Scheduled 2 PT0S",
								"Connecting 2", "Connected", "Ready", "Disconnected Closed 1008", "Scheduled 3 PT0.1S",
								"Connecting 3", "Connected", "Ready", "Disconnected Closed 1008", "Failed 3"))
					.withCustomizer(),
				new Fault("closed after 100 ms",
						(server) -> server.always().acceptThenClose(1000, Duration.ofMillis(100)),
						List.of("Connecting 1", "Connected", "Ready", "Disconnected Closed 1000", "Scheduled 2 PT0.1S",
								"Connecting 2", "Connected", "Ready", "Disconnected Closed 1000", "Scheduled 3 PT0.15S",
								"Connecting 3", "Connected", "Ready", "Disconnected Closed 1000",
								"Scheduled 4 PT0.225S")));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void followsTheTable(Fault fault) {
		TestWebSocketServer server = this.scenario.server();
		fault.script.accept(server);
		ResilientWebSocketClient.Builder builder = builder(server);
		if (fault.customized) {
			builder.handshakeCustomizer((handshake) -> handshake.setHeader("Authorization", "token"));
		}

		long start = System.nanoTime();
		ResilientWebSocketClient client = this.scenario.dial(builder);

		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().lines().size() >= fault.events.size());
		assertThat(this.scenario.events().lines()).startsWith(fault.events.toArray(String[]::new));
		assertThat((long) server.seen().accepted()).isLessThanOrEqualTo(bound(System.nanoTime() - start));
		if (fault.isEnd()) {
			assertThat(client.getState()).isEqualTo(ConnectionState.FAILED);
			assertThat(this.scenario.events().lines()).isEqualTo(fault.events);
			assertThat(server.seen().accepted()).isEqualTo(fault.attempts());
		}
	}

	@Test
	void redirectIsNotFollowedAndEnds() {
		TestWebSocketServer target = this.scenario.server();
		TestWebSocketServer server = this.scenario.server()
			.always()
			.refuse(302, "Location", target.url().toString().replace("ws:", "http:"));

		ResilientWebSocketClient client = this.scenario.dial(builder(server));

		Scenario.awaitState(client, ConnectionState.FAILED);
		assertThat(client.getStatus().lastCause()).isInstanceOfSatisfying(HandshakeRefused.class,
				(refused) -> assertThat(refused.status()).isEqualTo(302));
		assertThat(target.seen().accepted()).isZero();
		assertThat(server.seen().accepted()).isOne();
	}

	@Test
	void dateInRetryAfterIsHonoured() {
		TestWebSocketServer server = this.scenario.server().always().refuse(429, "Retry-After", date(60));

		this.scenario.dial(builder(server));

		await().atMost(Scenario.LIMIT).until(() -> !this.scenario.events().scheduled().isEmpty());
		assertThat(this.scenario.events().scheduled().get(0).getDelay()).isBetween(Duration.ofSeconds(55),
				Duration.ofSeconds(61));
	}

	@Test
	void wrongAcceptKeyIsNamedAsTheCause() {
		TestWebSocketServer server = this.scenario.server().always().wrongAcceptKey();

		ResilientWebSocketClient client = this.scenario.dial(builder(server));

		await().atMost(Scenario.LIMIT).until(() -> client.getStatus().lastCause() != null);
		assertThat(client.getStatus().lastCause()).isInstanceOfSatisfying(ConnectFailed.class,
				(failed) -> assertThat(failed.failure()).isInstanceOf(WebSocketHandshakeException.class));
	}

	@Test
	void refreshThatSuppliesAGoodTokenGetsIn() throws Exception {
		TestWebSocketServer server = this.scenario.server().once().refuse(401);
		ResilientWebSocketClient.Builder builder = builder(server).handshakeCustomizer((handshake) -> handshake
			.setHeader("Authorization", (handshake.getLastCause() != null) ? "fresh" : "stale"));

		this.scenario.connect(builder);

		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Scheduled 2 PT0S", "Connecting 2",
				"Connected", "Ready");
		assertThat(server.seen().handshakes()).extracting((handshake) -> handshake.header("authorization"))
			.containsExactly("stale", "fresh");
	}

	private ResilientWebSocketClient.Builder builder(TestWebSocketServer server) {
		return this.scenario.builder(server.url())
			.reconnect((reconnect) -> reconnect.withBackOff(INITIAL_DELAY, 1.5, MAX_DELAY));
	}

	private static long bound(long nanos) {
		return 2 + nanos / INITIAL_DELAY.toNanos();
	}

	private static String date(int seconds) {
		return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds));
	}

	private record Fault(String name, Consumer<TestWebSocketServer> script, boolean customized, List<String> events) {

		Fault(String name, Consumer<TestWebSocketServer> script, List<String> events) {
			this(name, script, false, events);
		}

		Fault withCustomizer() {
			return new Fault(this.name, this.script, true, this.events);
		}

		boolean isEnd() {
			return this.events.get(this.events.size() - 1).startsWith("Failed");
		}

		int attempts() {
			return (int) this.events.stream().filter((line) -> line.startsWith("Connecting")).count();
		}

		@Override
		public String toString() {
			return this.name + (this.customized ? ", with a customizer" : "");
		}

	}

}
