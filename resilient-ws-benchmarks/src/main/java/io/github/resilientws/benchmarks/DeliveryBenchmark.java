package io.github.resilientws.benchmarks;

import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.benchmarks.process.Load;
import io.github.resilientws.benchmarks.process.ServerProcess;
import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Samples;
import io.github.resilientws.benchmarks.report.Table;

/**
 * Acknowledged delivery in memory: until the sender has received all acknowledgements,
 * compared with at most once, until the server has counted all messages.
 */
final class DeliveryBenchmark implements Section {

	private static final int SIZE = 128;

	private static final int WARM_UP_MILLIS = 1000;

	private static final int MILLIS = 400;

	@Override
	public void run(Environment environment, Report report) throws Exception {
		List<Contender> contenders = environment.present(Contender.RESILIENT, Contender.AT_LEAST_ONCE,
				Contender.BEFORE_AT_LEAST_ONCE);
		report.heading("At least once");
		boolean withBefore = contenders.contains(Contender.BEFORE_AT_LEAST_ONCE);
		List<String> columns = new ArrayList<>(List.of("Delivery", "senders", "messages/s", "x at most once"));
		if (withBefore) {
			columns.add("x before");
		}
		columns.addAll(List.of("CPU per message, ns", "garbage per message, bytes"));
		Table table = new Table(columns);
		try (ServerProcess server = environment.startServer()) {
			Comparison.connect(environment, contenders, server.url(), 1);
			for (int senders : List.of(1, 16)) {
				Comparison comparison = Comparison.measure(environment, contenders,
						new Load(Load.Kind.SEND, senders, SIZE), WARM_UP_MILLIS, MILLIS);
				comparison.results().forEach((contender, result) -> {
					List<String> cells = new ArrayList<>(List.of(contender.label(), Integer.toString(senders),
							result.rate().format(), comparison.rateRatio(contender, Contender.RESILIENT)));
					if (withBefore) {
						cells.add(comparison.rateRatio(contender, Contender.BEFORE_AT_LEAST_ONCE));
					}
					cells.add(result.cpuNanos().format());
					cells.add(Samples.number(result.bytes().median()));
					table.row(cells);
				});
			}
			Comparison.disconnect(environment, contenders);
		}
		report.table(table);
	}

}
