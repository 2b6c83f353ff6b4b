package io.github.resilientws.scenario;

import org.junit.jupiter.api.BeforeEach;

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
		this.scenario.overSpring();
	}

}
