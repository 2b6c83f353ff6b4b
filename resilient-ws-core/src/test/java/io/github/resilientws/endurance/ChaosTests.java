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

	@Override
	int minPauseMillis() {
		return 20;
	}

	@Override
	int maxPauseMillis() {
		return 150;
	}

}
