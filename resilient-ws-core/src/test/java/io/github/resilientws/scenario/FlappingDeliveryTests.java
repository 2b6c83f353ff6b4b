package io.github.resilientws.scenario;

/**
 * Fifty flaps.
 */

class FlappingDeliveryTests extends FlappingDeliveryContractTests {

	@Override
	Server start() {
		return new TestKitServer();
	}

	@Override
	int flaps() {
		return 50;
	}

}
