package io.github.resilientws.scenario;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The recovery scenarios through Spring's {@code WebSocketClient}.
 */
class SpringRecoveryTests extends RecoveryContractTests {

	@Override
	Server start() {
		return new TestKitServer();
	}

	@BeforeEach
	void connectThroughSpring() {
		this.scenario.overSpring();
	}

	// Tomcat does not know 1012, and closes the socket when a send fails, with what it
	// has not read
	@Override
	List<String> causes(Server.Kick how) {
		return switch (how) {
			case SERVICE_RESTART -> List.of("Closed 1002");
			default -> super.causes(how);
		};
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 410, 302 })
	void statusThatStopsIsKnown(int status) {
		TestWebSocketServer server = this.scenario.server().always().refuse(status, "Location", "http://127.0.0.1:1/");

		ResilientWebSocketClient client = this.scenario.dial(this.scenario.builder(server.url()));

		Scenario.awaitState(client, ConnectionState.FAILED);
		assertThat(client.getStatus().lastCause()).isInstanceOfSatisfying(HandshakeRefused.class,
				(refused) -> assertThat(refused.status()).isEqualTo(status));
		assertThat(server.seen().accepted()).isOne();
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void statusThatIsRetriedIsSurvived(int status) throws Exception {
		TestWebSocketServer server = this.scenario.server().once().refuse(status, "Retry-After", "0");

		this.scenario.connect(this.scenario.builder(server.url()));

		assertThat(this.scenario.events().lines()).startsWith("Connecting 1", "Scheduled 2 PT0.1S", "Connecting 2",
				"Connected", "Ready");
	}

	@Test
	void handshakeThatHangsIsGivenUpAndItsSocketClosed() throws Exception {
		TestWebSocketServer server = this.scenario.server().once().hang();

		this.scenario.connect(this.scenario.builder(server.url()).connectTimeout(Scenario.SLACK));

		assertThat(this.scenario.events().lines()).startsWith("Connecting 1", "Scheduled 2 PT0.1S", "Connecting 2",
				"Connected", "Ready");
		server.seen().awaitConnections(1, Scenario.LIMIT);
	}

}
