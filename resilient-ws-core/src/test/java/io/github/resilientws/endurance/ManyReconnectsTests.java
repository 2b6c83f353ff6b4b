package io.github.resilientws.endurance;

/**
 * Short enough for each build.
 */
class ManyReconnectsTests extends ReconnectContractTests {

	@Override
	int warmUp() {
		return 30;
	}

	@Override
	int reconnects() {
		return 100;
	}

}
