package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SessionSettings.Step;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The application closes its client.
 */
class DisconnectTests {

	private static final Duration OUTSIDE_READY = Duration.ofSeconds(1).plus(Scenario.SLACK);

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "STANDBY", "DRAINING", "CLOSED" })
	void closesFromEveryStateWithItsEvent(ConnectionState state) {
		TestWebSocketServer server = this.scenario.server();
		ResilientWebSocketClient client = client(state, server);
		CompletableFuture<Delivery> pending = client.send("pending");

		CompletableFuture<Void> closed = client.disconnect();

		assertThat(closed).succeedsWithin(OUTSIDE_READY);
		assertThat(client.disconnect()).isSameAs(closed);
		assertThat(client.getState()).isEqualTo(ConnectionState.CLOSED);
		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().count("Closed") == 1);
		assertThat(this.scenario.events().lines()).last().isEqualTo("Closed");
		assertThat(Sends.reason(client.send("late"))).isEqualTo(Reason.CLOSED);
		if (state == ConnectionState.READY) {
			assertThat(pending).succeedsWithin(Scenario.LIMIT);
		}
		else {
			assertThat(Sends.reason(pending)).isEqualTo(Reason.CLOSED);
			assertThat(Sends.failure(pending).getAttempts()).isZero();
		}
		server.seen().awaitConnections(0, Scenario.LIMIT);
	}

	@Test
	void whatWasAcceptedIsSentBeforeTheCloseFrame() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		ResilientWebSocketClient client = this.scenario
			.connect(this.scenario.builder(server.url()).shutdownTimeout(Scenario.LIMIT).closeTimeout(Scenario.LIMIT));
		List<String> messages = IntStream.range(0, 5000).mapToObj(Integer::toString).toList();
		messages.forEach((message) -> this.scenario.sends().send(client, message));

		assertThat(client.disconnect()).succeedsWithin(Scenario.LIMIT);

		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
		server.seen().awaitReceived(Kind.CLOSE, 1, Scenario.LIMIT);
		assertThat(server.seen().texts()).isEqualTo(messages);
		this.scenario.sends().assertAccountFor(messages);
		assertThat(server.seen().closes()).containsExactly(1000);
		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().count("Closed") == 1);
		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Connected", "Ready",
				"Disconnected Requested", "Closed");
	}

	@Test
	void drainingAgainstAServerThatDoesNotReadIsBounded() throws Exception {
		ResilientWebSocketClient client = stalled(this.scenario.use(TestWebSocketServer.startWithSmallBuffers()),
				Duration.ofSeconds(1));

		long start = System.nanoTime();
		CompletableFuture<Void> closed = client.disconnect();
		assertThat(client.connect()).failsWithin(Scenario.LIMIT)
			.withThrowableThat()
			.withCauseInstanceOf(IllegalStateException.class);
		assertThat(Sends.reason(client.send("late"))).isEqualTo(Reason.CLOSED);
		assertThat(client.disconnect()).isSameAs(closed);

		// shutdown-timeout + close-timeout + 1 s
		assertThat(closed).succeedsWithin(Duration.ofMillis(2500).plus(Scenario.SLACK));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
		assertThat(client.getStatistics().getQueueSize()).isZero();
		assertThat(client.getStatistics().getInFlight()).isZero();
	}

	@Test
	void connectionLostWhileDrainingEndsInClosed() throws Exception {
		TestWebSocketServer server = this.scenario.use(TestWebSocketServer.startWithSmallBuffers());
		ResilientWebSocketClient client = stalled(server, Scenario.LIMIT);
		client.disconnect();
		Scenario.awaitState(client, ConnectionState.DRAINING);

		server.open().reset();

		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().count("Closed") == 1);
		assertThat(client.getState()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.scenario.events().lines()).noneMatch((line) -> line.startsWith("Scheduled"));
		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
	}

	@ParameterizedTest
	@EnumSource(names = { "READY", "FAILED", "BACKING_OFF" })
	void connectLeadsOutOfClosed(ConnectionState before) {
		TestWebSocketServer server = this.scenario.server();
		ResilientWebSocketClient client = client(before, server);
		assertThat(client.disconnect()).succeedsWithin(Scenario.LIMIT);
		server.always().accept().restart();

		assertThat(client.connect()).succeedsWithin(Scenario.LIMIT);

		this.scenario.sends().send(client, "again");
		server.seen().awaitText("again", Scenario.LIMIT);
		assertThat(client.getStatus().attempts()).isOne();
	}

	private ResilientWebSocketClient stalled(TestWebSocketServer server, Duration shutdownTimeout) throws Exception {
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.shutdownTimeout(shutdownTimeout)
			.heartbeat((heartbeat) -> heartbeat.withMode(Mode.OFF)));
		server.open().stopReading();
		String block = "x".repeat(64 * 1024);
		IntStream.range(0, 200).forEach((i) -> this.scenario.sends().send(client, i + block));
		return client;
	}

	private ResilientWebSocketClient client(ConnectionState state, TestWebSocketServer server) {
		ResilientWebSocketClient.Builder builder = this.scenario.builder(server.url());
		switch (state) {
			case CONNECTING -> server.always().hang();
			case ESTABLISHING -> builder.session((session) -> new SessionSettings(Scenario.LIMIT,
					List.of(new Step("hello", "never", List.of())), List.of()));
			case BACKING_OFF -> {
				server.always().refuse(503);
				builder
					.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofSeconds(2), 1, Duration.ofSeconds(2)));
			}
			case FAILED -> server.always().refuse(401);
			default -> {
			}
		}
		ResilientWebSocketClient client = this.scenario.build(builder);
		if (state != ConnectionState.IDLE) {
			client.connect();
		}
		if (state == ConnectionState.SUSPENDED) {
			client.suspend();
		}
		Scenario.awaitState(client, state);
		return client;
	}

}
