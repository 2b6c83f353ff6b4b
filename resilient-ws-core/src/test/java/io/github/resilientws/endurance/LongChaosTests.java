package io.github.resilientws.endurance;

import java.time.Duration;

import org.junit.jupiter.api.Tag;

/**
 * Five minutes in all, or {@code -Dchaos.minutes}.
 */
@Tag("chaos")
class LongChaosTests extends ChaosContractTests {

	@Override
	Duration duration() {
		return Duration.ofMinutes(Long.getLong("chaos.minutes", 5)).dividedBy(seeds().count());
	}

	@Override
	int minPauseMillis() {
		return 200;
	}

	@Override
	int maxPauseMillis() {
		return 3000;
	}

}
