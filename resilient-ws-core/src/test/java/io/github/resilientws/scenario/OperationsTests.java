package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What connect, suspend, resume and reconnect do in which state.
 */
class OperationsTests {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private TestWebSocketServer server;

	@BeforeEach
	void startServer() {
		this.server = this.scenario.server();
	}

	@Test
	void suspendClosesAndKeepsTheOutboxUntilResume() throws Exception {
		ResilientWebSocketClient client = ready();

		assertThat(client.suspend()).succeedsWithin(Scenario.LIMIT);
		assertThat(client.getState()).isEqualTo(ConnectionState.SUSPENDED);
		this.server.seen().awaitConnections(0, Scenario.LIMIT);
		assertThat(this.server.seen().closes()).containsExactly(1000);
		this.scenario.sends().send(client, "kept");
		await().during(Duration.ofMillis(500)).until(() -> this.server.seen().accepted() == 1);
		assertThat(this.scenario.sends().open()).isOne();
		assertThat(client.resume()).succeedsWithin(Scenario.LIMIT);

		this.server.seen().awaitText("kept", Scenario.LIMIT);
		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Connected", "Ready",
				"Disconnected Requested", "Connecting 2", "Connected", "Ready");
	}

	@Test
	void suspendStopsTheAttempts() {
		ResilientWebSocketClient client = backingOff(Duration.ofMillis(100));

		assertThat(client.suspend()).succeedsWithin(Scenario.LIMIT);

		// an attempt under way may be accepted late
		AtomicInteger attempts = new AtomicInteger(-1);
		await().during(Duration.ofMillis(500)).until(() -> {
			int accepted = this.server.seen().accepted();
			return attempts.getAndSet(accepted) == accepted;
		});
		this.server.always().accept();
		assertThat(client.resume()).succeedsWithin(Scenario.LIMIT);
	}

	@Test
	void suspendedClientRefusesConnectAndReconnect() throws Exception {
		ResilientWebSocketClient client = ready();
		client.suspend();

		assertIllegal(client.connect());
		assertIllegal(client.reconnect());
		assertThat(client.getState()).isEqualTo(ConnectionState.SUSPENDED);
	}

	@Test
	void suspendAndResumeDoNotReviveAClosedClient() throws Exception {
		ResilientWebSocketClient client = ready();
		client.disconnect().join();

		assertThat(client.suspend()).succeedsWithin(Scenario.LIMIT);
		assertIllegal(client.resume());

		assertThat(client.getState()).isEqualTo(ConnectionState.CLOSED);
		assertIllegal(client.reconnect());
	}

	@Test
	void suspendAndResumeDoNotReviveAFailedClient() {
		ResilientWebSocketClient client = failed();

		assertThat(client.suspend()).succeedsWithin(Scenario.LIMIT);
		assertIllegal(client.resume());

		assertThat(client.getState()).isEqualTo(ConnectionState.FAILED);
		assertIllegal(client.reconnect());
	}

	@Test
	void suspendIsANoOpBeforeTheFirstConnect() {
		ResilientWebSocketClient client = this.scenario.build(builder());

		assertThat(client.suspend()).succeedsWithin(Scenario.LIMIT);
		assertIllegal(client.resume());

		assertThat(client.getState()).isEqualTo(ConnectionState.IDLE);
		assertIllegal(client.reconnect());
	}

	@Test
	void reconnectReplacesAReadyConnection() throws Exception {
		ResilientWebSocketClient client = ready();

		assertThat(client.reconnect()).succeedsWithin(Scenario.LIMIT);

		this.scenario.sends().send(client, "on the new one");
		this.server.seen().awaitText("on the new one", Scenario.LIMIT);
		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Connected", "Ready",
				"Disconnected Requested", "Connecting 2", "Connected", "Ready");
		this.server.seen().awaitConnections(1, Scenario.LIMIT);
		assertThat(this.server.seen().closes()).containsExactly(1000);
	}

	@Test
	void reconnectWhileBackingOffDialsAtOnceAndKeepsTheCounter() {
		ResilientWebSocketClient client = backingOff(Duration.ofMinutes(1));
		this.server.always().accept();

		assertThat(client.reconnect()).succeedsWithin(Scenario.LIMIT);

		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Scheduled 2 PT1M", "Connecting 2",
				"Connected", "Ready");
	}

	@Test
	void reconnectWhileConnectingJoinsTheAttempt() {
		this.server.always().hang();
		ResilientWebSocketClient client = this.scenario.dial(builder());
		this.server.seen().awaitHandshakes(1, Scenario.LIMIT);

		CompletableFuture<Void> reconnected = client.reconnect();

		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> reconnected.get(300, TimeUnit.MILLISECONDS));
		assertThat(this.server.seen().accepted()).isOne();
		assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void connectIsANoOpOnceItWasCalled() throws Exception {
		ResilientWebSocketClient client = ready();

		assertThat(client.connect()).succeedsWithin(Scenario.LIMIT);

		assertThat(this.server.seen().accepted()).isOne();
	}

	@Test
	void connectLeadsOutOfFailedAndBeginsANewSeries() {
		ResilientWebSocketClient client = failed();
		assertThat(Sends.reason(client.send("refused"))).isEqualTo(Reason.CLOSED);
		this.server.always().accept();

		assertThat(client.connect()).succeedsWithin(Scenario.LIMIT);

		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Failed 1", "Connecting 1",
				"Connected", "Ready");
	}

	@Test
	void connectFailsWhenTheClientGivesUp() {
		this.server.always().refuse(503);
		ResilientWebSocketClient client = this.scenario
			.build(builder().reconnect((reconnect) -> reconnect.withLimits(3, Duration.ZERO)));

		assertThat(client.connect()).failsWithin(Scenario.LIMIT)
			.withThrowableThat()
			.withCauseInstanceOf(WebSocketConnectException.class);

		assertThat(this.server.seen().accepted()).isEqualTo(3);
		assertThat(this.scenario.events().lines()).last().isEqualTo("Failed 3");
	}

	@Test
	void withoutReconnectingALossIsTheEnd() throws Exception {
		ResilientWebSocketClient client = this.scenario
			.connect(builder().reconnect((reconnect) -> reconnect.withEnabled(false)));

		this.server.open().fin();

		Scenario.awaitState(client, ConnectionState.FAILED);
		await().during(Duration.ofMillis(500)).until(() -> this.server.seen().accepted() == 1);
		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Connected", "Ready",
				"Disconnected Closed 1006", "Failed 1");
	}

	@Test
	void counterIsForgottenAfterBeingReadyLongEnough() throws Exception {
		this.server.once().refuse(503);
		ResilientWebSocketClient client = this.scenario
			.connect(builder().reconnect((reconnect) -> reconnect.withResetAfter(Duration.ofMillis(200))));
		await().during(Duration.ofMillis(400)).until(client::isReady);

		this.server.open().fin();

		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().count("Ready") == 2);
		assertThat(this.scenario.events().lines().subList(5, 8)).containsExactly("Disconnected Closed 1006",
				"Scheduled 1 PT0.1S", "Connecting 1");
	}

	@Test
	void urlsAreTriedInTurn() throws Exception {
		TestWebSocketServer other = this.scenario.server();
		this.server.always().refuse(503);

		this.scenario.connect(builder().urls(List.of(this.server.url(), other.url())));

		assertThat(this.server.seen().accepted()).isOne();
		assertThat(other.seen().accepted()).isOne();
	}

	private ResilientWebSocketClient ready() throws Exception {
		return this.scenario.connect(builder());
	}

	private ResilientWebSocketClient backingOff(Duration delay) {
		this.server.always().refuse(503);
		ResilientWebSocketClient client = this.scenario
			.dial(builder().reconnect((reconnect) -> reconnect.withBackOff(delay, 1, delay)));
		Scenario.awaitState(client, ConnectionState.BACKING_OFF);
		return client;
	}

	private ResilientWebSocketClient failed() {
		this.server.always().refuse(401);
		ResilientWebSocketClient client = this.scenario.dial(builder());
		Scenario.awaitState(client, ConnectionState.FAILED);
		return client;
	}

	private ResilientWebSocketClient.Builder builder() {
		return this.scenario.builder(this.server.url());
	}

	private static void assertIllegal(CompletableFuture<Void> future) {
		assertThat(future).failsWithin(Scenario.LIMIT)
			.withThrowableThat()
			.withCauseInstanceOf(IllegalStateException.class);
	}

}
