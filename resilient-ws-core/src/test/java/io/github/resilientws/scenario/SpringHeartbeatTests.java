package io.github.resilientws.scenario;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.BeforeEach;

import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.spring.SpringWebSocketTransport;

import static org.awaitility.Awaitility.await;

/**
 * Heartbeats through Spring's {@code WebSocketClient}.
 */
class SpringHeartbeatTests extends HeartbeatContractTests {

	@BeforeEach
	void connectThroughSpring() {
		ExecutorService blocking = Executors.newCachedThreadPool();
		this.scenario.use(blocking::shutdown);
		this.scenario.over(this.scenario.use(new SpringWebSocketTransport(blocking, new NameLookups(), true)));
	}

	// the container answers pings and does not mention them
	@Override
	void assertPassiveClientSeesPings(TestWebSocketServer server) {
		await().atMost(BOUND).until(() -> this.scenario.events().lines().contains("Disconnected HeartbeatLost"));
	}

}
