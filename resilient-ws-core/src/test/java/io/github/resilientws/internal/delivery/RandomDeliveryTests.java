package io.github.resilientws.internal.delivery;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sends, losses and acknowledgements in virtual time. {@code -Ddelivery.seed}
 * repeats a run.
 */
class RandomDeliveryTests {

	private static final int STEPS = 400;

	static LongStream seeds() {
		Long seed = Long.getLong("delivery.seed");
		return (seed != null) ? LongStream.of(seed) : LongStream.rangeClosed(1, 20);
	}

	@ParameterizedTest(name = "-Ddelivery.seed={0}")
	@MethodSource("seeds")
	@Timeout(60)
	void everythingArrivesInOrderOrIsReported(long seed) {
		RandomDelivery run = new RandomDelivery(seed);
		for (int i = 0; i < STEPS; i++) {
			run.step();
		}
		run.settle();
		run.check();
	}

}
