package io.github.resilientws.scenario;

import org.junit.jupiter.api.BeforeEach;

/**
 * The delivery scenarios through Spring's {@code WebSocketClient}.
 */
class SpringDeliveryTests extends DeliveryContractTests {

	@Override
	Server start() {
		return new TestKitServer();
	}

	@BeforeEach
	void connectThroughSpring() {
		this.scenario.overSpring();
	}

}
