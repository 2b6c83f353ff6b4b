package io.github.resilientws.endurance;

import java.time.Duration;

import org.junit.jupiter.api.Tag;

import io.github.resilientws.internal.ClientRuntime;

/**
 * A minute of chaos in which nothing may get lost.
 */
@Tag("chaos")
class DeliveryChaosTests extends ChaosContractTests {

	@Override
	ChaosPair pair(ClientRuntime runtime, int number) {
		return new AcknowledgedChaosPair(runtime, number);
	}

	@Override
	Duration duration() {
		return Duration.ofSeconds(20);
	}

}
