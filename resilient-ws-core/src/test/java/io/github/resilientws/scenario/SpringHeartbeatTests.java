package io.github.resilientws.scenario;

import org.junit.jupiter.api.BeforeEach;

import io.github.resilientws.test.TestWebSocketServer;

import static org.awaitility.Awaitility.await;

/**
 * Heartbeats through Spring's {@code WebSocketClient}.
 */
class SpringHeartbeatTests extends HeartbeatContractTests {

	@BeforeEach
	void connectThroughSpring() {
		this.scenario.overSpring();
	}

	// the container answers pings and does not mention them
	@Override
	void assertPassiveClientSeesPings(TestWebSocketServer server) {
		await().atMost(BOUND).until(() -> this.scenario.events().lines().contains("Disconnected HeartbeatLost"));
	}

}
