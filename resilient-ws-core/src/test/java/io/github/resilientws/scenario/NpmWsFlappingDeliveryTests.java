package io.github.resilientws.scenario;

import org.junit.jupiter.api.Tag;

/**
 * A hundred flaps of npm {@code ws}: run by {@code interop/run.sh}.
 */
@Tag("interop")
class NpmWsFlappingDeliveryTests extends FlappingDeliveryContractTests {

	@Override
	Server start() throws Exception {
		return NpmWsServer.start();
	}

	@Override
	int flaps() {
		return 100;
	}

}
