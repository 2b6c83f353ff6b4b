package io.github.resilientws.benchmarks.process;

/**
 * What was measured in the JVM of an engine.
 *
 * @param rate messages per second
 * @param cpuNanos processor time of the JVM for each message
 * @param bytes allocated by all threads for each message
 * @param medianNanos median time until a text came back, or zero
 */
public record Measurement(double rate, double cpuNanos, double bytes, double medianNanos) {

	String format() {
		return this.rate + " " + this.cpuNanos + " " + this.bytes + " " + this.medianNanos;
	}

	static Measurement parse(String[] words) {
		return new Measurement(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]),
				Double.parseDouble(words[3]));
	}

}
