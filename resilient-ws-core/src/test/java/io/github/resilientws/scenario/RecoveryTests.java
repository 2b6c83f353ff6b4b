package io.github.resilientws.scenario;

/**
 * The recovery scenarios against the server of the test kit.
 */
class RecoveryTests extends RecoveryContractTests {

	@Override
	Server start() {
		return new TestKitServer();
	}

}
