package io.github.resilientws.benchmarks;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.benchmarks.process.Load;
import io.github.resilientws.benchmarks.process.ServerProcess;
import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Table;

/**
 * Other sizes, TLS, and many connections with the same total load, compared with Netty,
 * Spring and older versions.
 */
final class VariantBenchmark implements Section {

	private static final int WARM_UP_MILLIS = 300;

	private static final int MILLIS = 200;

	@Override
	public void run(Environment environment, Report report) throws Exception {
		report.heading("Sizes, TLS, connections");
		try (ServerProcess server = environment.startServer()) {
			List<Variant> variants = List.of(new Variant("32 bytes", server.url(), 32, 1),
					new Variant("1 KB", server.url(), 1024, 1), new Variant("16 KB", server.url(), 16_384, 1),
					new Variant("TLS", server.tlsUrl(), 128, 1), new Variant("100 connections", server.url(), 128, 100),
					new Variant("1,000 connections", server.url(), 128, 1000));
			List<Contender> rivals = environment.present(Contender.NETTY, Contender.SPRING, Contender.BEFORE);
			Table send = table("Send from 1 thread", rivals);
			Table receive = table("Receive", rivals);
			List<Contender> contenders = new ArrayList<>(rivals);
			contenders.add(0, Contender.RESILIENT);
			for (Variant variant : variants) {
				Comparison.connect(environment, contenders, variant.url, variant.connections);
				Load sending = new Load(Load.Kind.SEND, 1, variant.size);
				row(send, variant, rivals,
						Comparison.measure(environment, contenders, sending, WARM_UP_MILLIS, MILLIS));
				Load receiving = new Load(Load.Kind.RECEIVE, 0, variant.size);
				row(receive, variant, rivals,
						Comparison.measure(environment, contenders, receiving, WARM_UP_MILLIS, MILLIS));
				Comparison.disconnect(environment, contenders);
			}
			report.table(send);
			report.table(receive);
		}
	}

	private static Table table(String title, List<Contender> rivals) {
		List<String> columns = new ArrayList<>(List.of(title, "messages/s"));
		rivals.forEach((rival) -> columns.add("x " + rival.label()));
		return new Table(columns);
	}

	private static void row(Table table, Variant variant, List<Contender> rivals, Comparison comparison) {
		List<String> cells = new ArrayList<>(
				List.of(variant.label, comparison.get(Contender.RESILIENT).rate().format()));
		rivals.forEach((rival) -> cells.add(comparison.rateRatio(Contender.RESILIENT, rival)));
		table.row(cells);
	}

	private record Variant(String label, URI url, int size, int connections) {

	}

}
