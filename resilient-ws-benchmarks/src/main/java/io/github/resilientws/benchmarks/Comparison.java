package io.github.resilientws.benchmarks;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.resilientws.benchmarks.process.EngineProcess;
import io.github.resilientws.benchmarks.process.Load;
import io.github.resilientws.benchmarks.process.Measurement;
import io.github.resilientws.benchmarks.report.Samples;

/**
 * Samples of several contenders under the same load.
 *
 * @param results samples of each contender
 */
record Comparison(Map<Contender, Result> results) {

	/**
	 * Measure contenders under a load.
	 * @param environment runs the engines
	 * @param contenders the contenders, connected
	 * @param load the load
	 * @param warmUpMillis duration of each round that warms up
	 * @param millis duration of each measurement
	 * @return the samples
	 * @throws Exception if a measurement fails
	 */
	static Comparison measure(Environment environment, List<Contender> contenders, Load load, int warmUpMillis,
			int millis) throws Exception {
		Map<Contender, Result> results = new LinkedHashMap<>();
		contenders.forEach((contender) -> results.put(contender, new Result()));
		environment.interleave(contenders, (contender, counts) -> {
			EngineProcess engine = environment.engine(contender);
			if (counts) {
				results.get(contender).add(engine.run(load, millis));
			}
			else {
				engine.warmUp(load, warmUpMillis);
			}
		});
		return new Comparison(results);
	}

	/**
	 * Connect contenders.
	 * @param environment runs the engines
	 * @param contenders the contenders
	 * @param url address of the server
	 * @param connections number of connections of each
	 * @throws Exception if it fails
	 */
	static void connect(Environment environment, List<Contender> contenders, URI url, int connections)
			throws Exception {
		for (Contender contender : contenders) {
			environment.engine(contender).connect(url, connections);
		}
	}

	/**
	 * Disconnect contenders.
	 * @param environment runs the engines
	 * @param contenders the contenders
	 * @throws Exception if it fails
	 */
	static void disconnect(Environment environment, List<Contender> contenders) throws Exception {
		for (Contender contender : contenders) {
			environment.engine(contender).disconnect();
		}
	}

	Result get(Contender contender) {
		return this.results.get(contender);
	}

	/**
	 * Compare rates.
	 * @param contender the one
	 * @param base the other
	 * @return the ratio with its range
	 */
	String rateRatio(Contender contender, Contender base) {
		return get(contender).rate.ratio(get(base).rate);
	}

	/**
	 * Samples of one contender.
	 *
	 * @param rate messages per second
	 * @param cpuNanos processor time for each message
	 * @param bytes allocated for each message
	 * @param medianMicros median time until a text came back
	 */
	record Result(Samples rate, Samples cpuNanos, Samples bytes, Samples medianMicros) {

		Result() {
			this(new Samples(), new Samples(), new Samples(), new Samples());
		}

		private void add(Measurement measurement) {
			this.rate.add(measurement.rate());
			this.cpuNanos.add(measurement.cpuNanos());
			this.bytes.add(measurement.bytes());
			this.medianMicros.add(measurement.medianNanos() / 1000);
		}

	}

}
