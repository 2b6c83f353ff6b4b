package io.github.resilientws.endurance;

import org.junit.jupiter.api.Tag;

/**
 * A thousand reconnects, of which the last 900 are measured.
 */
@Tag("endurance")
class ThousandReconnectsTests extends ReconnectContractTests {

	@Override
	int warmUp() {
		return 100;
	}

	@Override
	int reconnects() {
		return 900;
	}

}
