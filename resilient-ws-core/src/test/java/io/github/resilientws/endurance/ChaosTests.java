package io.github.resilientws.endurance;

import java.time.Duration;

/**
 * Short enough for each build.
 */
class ChaosTests extends ChaosContractTests {

	@Override
	Duration duration() {
		return Duration.ofSeconds(2);
	}

}
