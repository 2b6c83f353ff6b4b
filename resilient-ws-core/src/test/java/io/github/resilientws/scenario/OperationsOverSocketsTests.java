package io.github.resilientws.scenario;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Suspend, resume and reconnect as a server sees them. What each operation does in each
 * state is tested in virtual time.
 */
class OperationsOverSocketsTests {

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
		assertThat(this.scenario.sends().open()).isOne();
		assertThat(client.resume()).succeedsWithin(Scenario.LIMIT);

		this.server.seen().awaitText("kept", Scenario.LIMIT);
		assertThat(this.server.seen().accepted()).isEqualTo(2);
		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Connected", "Ready",
				"Disconnected Requested", "Connecting 2", "Connected", "Ready");
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

	private ResilientWebSocketClient ready() throws Exception {
		return this.scenario.connect(builder());
	}

	private ResilientWebSocketClient.Builder builder() {
		return this.scenario.builder(this.server.url());
	}

}
