package io.github.resilientws.benchmarks;

import java.util.Collection;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Samples;
import io.github.resilientws.benchmarks.report.Table;

/**
 * Runs the measurements of single methods by JMH, each in a JVM of its own.
 */
final class MicroBenchmarks implements Section {

	@Override
	public void run(Environment environment, Report report) throws Exception {
		report.heading("Single methods");
		Collection<RunResult> results = new Runner(new OptionsBuilder().include("MicroBenchmark")
			.mode(Mode.AverageTime)
			.timeUnit(TimeUnit.NANOSECONDS)
			.forks(1)
			.warmupIterations(3)
			.warmupTime(TimeValue.milliseconds(300))
			.measurementIterations(environment.rounds())
			.measurementTime(TimeValue.milliseconds(200))
			.addProfiler(GCProfiler.class)
			.verbosity(VerboseMode.SILENT)
			.build()).run();
		Table table = new Table("Operation", "ns", "garbage, bytes");
		for (RunResult result : results) {
			Statistics nanos = result.getPrimaryResult().getStatistics();
			table.row(result.getPrimaryResult().getLabel(),
					Samples.number(nanos.getPercentile(50)) + " (" + Samples.number(nanos.getMin()) + "-"
							+ Samples.number(nanos.getMax()) + ")",
					Samples.number(result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()));
		}
		report.table(table);
	}

}
