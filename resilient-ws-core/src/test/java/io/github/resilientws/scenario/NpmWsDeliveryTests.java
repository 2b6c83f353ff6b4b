package io.github.resilientws.scenario;

import org.junit.jupiter.api.Tag;

/**
 * The delivery scenarios against npm {@code ws}: run by {@code interop/run.sh}.
 */
@Tag("interop")
class NpmWsDeliveryTests extends DeliveryContractTests {

	@Override
	Server start() throws Exception {
		return NpmWsServer.start();
	}

}
