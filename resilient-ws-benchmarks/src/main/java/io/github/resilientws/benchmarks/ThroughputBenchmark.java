package io.github.resilientws.benchmarks;

import java.util.List;
import java.util.Locale;

import io.github.resilientws.benchmarks.process.Load;
import io.github.resilientws.benchmarks.process.ServerProcess;
import io.github.resilientws.benchmarks.report.BarChart;
import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Samples;
import io.github.resilientws.benchmarks.report.Table;

/**
 * All clients over one connection, 128-byte text.
 */
final class ThroughputBenchmark implements Section {

	private static final int SIZE = 128;

	private static final int MILLIS = 300;

	@Override
	public void run(Environment environment, Report report) throws Exception {
		List<Contender> contenders = environment.present(Contender.RESILIENT, Contender.DIRECT, Contender.BEFORE,
				Contender.NETTY, Contender.REACTOR_NETTY, Contender.JETTY, Contender.OKHTTP, Contender.JAVA_WEBSOCKET,
				Contender.JDK, Contender.SPRING, Contender.SPRING_DECORATED);
		report.heading("Throughput and latency");
		try (ServerProcess server = environment.startServer()) {
			Comparison.connect(environment, contenders, server.url(), 1);
			throughput(environment, contenders, new Load(Load.Kind.SEND, 1, SIZE), "Send from 1 thread", report);
			throughput(environment, contenders, new Load(Load.Kind.SEND, 8, SIZE), "Send from 8 threads", report);
			throughput(environment, contenders, new Load(Load.Kind.RECEIVE, 0, SIZE), "Receive", report);
			echo(environment, contenders, report);
			Comparison.disconnect(environment, contenders);
		}
	}

	private void throughput(Environment environment, List<Contender> contenders, Load load, String title, Report report)
			throws Exception {
		Comparison comparison = Comparison.measure(environment, contenders, load, MILLIS);
		String name = title.toLowerCase(Locale.ROOT).replace(' ', '-');
		BarChart rates = new BarChart(title + ": messages per second");
		BarChart cpu = new BarChart(title + ": processor time of the client per message, ns");
		Table table = new Table(title, "messages/s", "x Netty", "x Spring", "CPU per message, ns", "x Netty",
				"garbage per message, bytes");
		comparison.results().forEach((contender, result) -> {
			table.row(contender.label(), result.rate().format(), comparison.rateRatio(contender, Contender.NETTY),
					comparison.rateRatio(contender, Contender.SPRING), result.cpuNanos().format(),
					result.cpuNanos().ratio(comparison.get(Contender.NETTY).cpuNanos()),
					Samples.number(result.bytes().median()));
			rates.bar(contender.label(), result.rate().median(), contender.isOwn());
			cpu.bar(contender.label(), result.cpuNanos().median(), contender.isOwn());
		});
		report.table(table);
		if (contenders.contains(Contender.BEFORE)) {
			report.text("x before: " + comparison.rateRatio(Contender.RESILIENT, Contender.BEFORE));
		}
		report.chart(name, rates);
		report.chart(name + "-cpu", cpu);
	}

	private void echo(Environment environment, List<Contender> contenders, Report report) throws Exception {
		Comparison comparison = Comparison.measure(environment, contenders, new Load(Load.Kind.ECHO, 0, SIZE), MILLIS);
		BarChart chart = new BarChart("Echo, one message in flight: median round trip, µs");
		Table table = new Table("Echo, one in flight", "p50, µs", "x Netty");
		comparison.results().forEach((contender, result) -> {
			table.row(contender.label(), result.medianMicros().format(),
					result.medianMicros().ratio(comparison.get(Contender.NETTY).medianMicros()));
			chart.bar(contender.label(), result.medianMicros().median(), contender.isOwn());
		});
		report.table(table);
		report.chart("echo", chart);
	}

}
