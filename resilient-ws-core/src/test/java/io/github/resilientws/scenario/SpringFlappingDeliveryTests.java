package io.github.resilientws.scenario;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.BeforeEach;

import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.spring.SpringWebSocketTransport;

/**
 * Thirty flaps through Spring's {@code WebSocketClient}.
 */
class SpringFlappingDeliveryTests extends FlappingDeliveryContractTests {

	@Override
	Server start() {
		return new TestKitServer();
	}

	@Override
	int flaps() {
		return 30;
	}

	@BeforeEach
	void connectThroughSpring() {
		ExecutorService blocking = Executors.newCachedThreadPool();
		this.scenario.use(blocking::shutdown);
		this.scenario.over(this.scenario.use(new SpringWebSocketTransport(blocking, new NameLookups(), true)));
	}

}
