package io.github.resilientws.scenario;

import org.junit.jupiter.api.BeforeEach;

/**
 * Listeners through Spring's {@code WebSocketClient}.
 */
class SpringListenerTests extends ListenerContractTests {

	@BeforeEach
	void connectThroughSpring() {
		this.scenario.overSpring();
	}

}
