package io.github.resilientws.scenario;

import org.junit.jupiter.api.Tag;

/**
 * The recovery scenarios against npm {@code ws}: run by {@code interop/run.sh}.
 */
@Tag("interop")
class NpmWsRecoveryTests extends RecoveryContractTests {

	@Override
	Server start() throws Exception {
		return NpmWsServer.start();
	}

}
