package io.github.resilientws.scenario;

import org.junit.jupiter.api.Tag;

/**
 * A thousand flaps: run by {@code .ci/run}.
 */
@Tag("delivery")
class ThousandFlapsDeliveryTests extends FlappingDeliveryContractTests {

	@Override
	Server start() {
		return new TestKitServer();
	}

	@Override
	int flaps() {
		return 1000;
	}

}
