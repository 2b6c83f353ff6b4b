package io.github.resilientws.benchmarks.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;

/**
 * Reads a message and applies a matcher.
 */
@State(Scope.Thread)
public class MatcherMicroBenchmark {

	private static final String EVENT = "{\"channel\":\"c7\",\"type\":\"update\",\"data\":{\"e\":\"trade\","
			+ "\"E\":1700000000123,\"s\":\"BTCUSDT\",\"t\":123456,\"p\":\"64231.10\",\"q\":\"0.00100\",\"m\":true}}";

	private final MessageMatcher matcher;

	private final MessageRules rules;

	public MatcherMicroBenchmark() {
		MessageRules.Builder builder = MessageRules.builder();
		this.matcher = builder.matcher("when", "/data/s = ETHUSDT");
		this.rules = builder.build();
	}

	@Benchmark
	public boolean matcher() {
		return this.rules.read(EVENT).matches(this.matcher);
	}

}
