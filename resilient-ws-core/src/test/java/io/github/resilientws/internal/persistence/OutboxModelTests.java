package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.springframework.util.FileSystemUtils;

import io.github.resilientws.settings.QueueSettings.Overflow;

/**
 * Random sequences of what may happen to a durable outbox, against a model;
 * {@code -Dmodel.tries=5000} tries more of them.
 */
@PropertyDefaults(edgeCases = net.jqwik.api.EdgeCasesMode.NONE)
class OutboxModelTests {

	// the same sequences in each build; more tries go on behind them
	@Property(seed = "615185168112309140")
	void agreesWithTheModel(@ForAll("setups") ModelSetup setup, @ForAll("steps") List<ModelStep> steps)
			throws IOException {
		Path directory = Files.createTempDirectory("model");
		try {
			OutboxModel model = new OutboxModel(setup, directory);
			for (int i = 0; i < steps.size(); i++) {
				perform(model, i, steps.get(i));
			}
			model.finish();
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private static void perform(OutboxModel model, int index, ModelStep step) {
		try {
			model.perform(step);
		}
		catch (AssertionError | RuntimeException ex) {
			throw new AssertionError("Step " + index + ", " + step + ": " + ex.getMessage(), ex);
		}
	}

	@Provide
	Arbitrary<ModelSetup> setups() {
		return Combinators
			.combine(Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 3),
					Arbitraries.of(Overflow.REJECT, Overflow.DROP_OLDEST, Overflow.DROP_NEWEST),
					Arbitraries.integers().between(2, 8), Arbitraries.of(0L, 200L))
			.as(ModelSetup::new);
	}

	@Provide
	Arbitrary<List<ModelStep>> steps() {
		Arbitrary<String> ids = Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h");
		Arbitrary<Integer> small = Arbitraries.integers().between(0, 4);
		Arbitrary<ModelStep> sends = Combinators
			.combine(ids, Arbitraries.of("k1", "k2").injectNull(0.6),
					Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 50), Tuple.of(1, 3000)),
					Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)))
			.as(ModelStep.Send::new);
		return Arbitraries.frequencyOf(Tuple.of(14, sends),
				Tuple.of(8, ids.flatMap((id) -> small.map((i) -> new ModelStep.Ack(id, 1 + i / 3)))),
				Tuple.of(2, Arbitraries.just(new ModelStep.AckAll())), Tuple.of(2, ids.map(ModelStep.Nack::new)),
				Tuple.of(2, Arbitraries.just(new ModelStep.HoldWrites())),
				Tuple.of(1, Arbitraries.just(new ModelStep.ReleaseWrites())),
				Tuple.of(3, Combinators.combine(small, small).as(ModelStep.Lose::new)),
				Tuple.of(1, Arbitraries.integers().between(1, 12).map(ModelStep.Flap::new)),
				Tuple.of(1, Arbitraries.just(new ModelStep.GiveUp())),
				Tuple.of(4, Arbitraries.of(1, 60, 1000, 5000, 20_000).map(ModelStep.Advance::new)),
				Tuple.of(2, small.map(ModelStep.Crash::new)), Tuple.of(8, Arbitraries.just(new ModelStep.Connect())),
				Tuple.of(2, ids.map(ModelStep.ConnectAndSend::new)),
				Tuple.of(1, Arbitraries.just(new ModelStep.Disconnect())),
				Tuple.of(1, Arbitraries.just(new ModelStep.Suspend())), Tuple.of(3, ids.map(ModelStep.Resubmit::new)),
				Tuple.of(2, ids.map(ModelStep.Discard::new)))
			.list()
			.ofMinSize(1)
			.ofMaxSize(60);
	}

}
