package io.github.resilientws.benchmarks;

import java.util.List;
import java.util.Locale;

import io.github.resilientws.benchmarks.Comparison.Result;
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

	// the compiler is busy for some seconds
	private static final int WARM_UP_MILLIS = 700;

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
		Comparison comparison = Comparison.measure(environment, contenders, load, WARM_UP_MILLIS, MILLIS);
		Result netty = comparison.get(Contender.NETTY);
		BarChart rates = new BarChart(title + ": messages per second, Netty by hand = 1");
		Table table = new Table(title, "messages/s", "x Netty", "x Spring", "CPU per message, ns", "x Netty",
				"garbage per message, bytes");
		comparison.results().forEach((contender, result) -> {
			table.row(contender.label(), result.rate().format(), comparison.rateRatio(contender, Contender.NETTY),
					comparison.rateRatio(contender, Contender.SPRING), result.cpuNanos().format(),
					result.cpuNanos().ratio(netty.cpuNanos()), Samples.number(result.bytes().median()));
			bar(rates, contender, result.rate(), netty.rate());
		});
		report.table(table);
		if (contenders.contains(Contender.BEFORE)) {
			report.text("x before: " + comparison.rateRatio(Contender.RESILIENT, Contender.BEFORE));
		}
		report.chart(title.toLowerCase(Locale.ROOT).replace(' ', '-'), rates);
	}

	private void echo(Environment environment, List<Contender> contenders, Report report) throws Exception {
		Comparison comparison = Comparison.measure(environment, contenders, new Load(Load.Kind.ECHO, 0, SIZE),
				WARM_UP_MILLIS, MILLIS);
		Samples netty = comparison.get(Contender.NETTY).medianMicros();
		BarChart chart = new BarChart("Echo, one message in flight: median time, Netty by hand = 1, less is better");
		Table table = new Table("Echo, one in flight", "p50, µs", "x Netty");
		comparison.results().forEach((contender, result) -> {
			table.row(contender.label(), result.medianMicros().format(), result.medianMicros().ratio(netty));
			bar(chart, contender, result.medianMicros(), netty);
		});
		report.table(table);
		report.chart("echo", chart);
	}

	private static void bar(BarChart chart, Contender contender, Samples samples, Samples base) {
		// the readers of the page have no older version to compare with
		if (!contender.before()) {
			chart.bar(contender.label(), samples.median() / base.median(), contender.isOwn());
		}
	}

}
