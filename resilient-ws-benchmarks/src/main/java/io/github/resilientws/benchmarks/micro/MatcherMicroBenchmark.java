package io.github.resilientws.benchmarks.micro;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageReader;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * Reads a message that is not decoded yet and applies a matcher.
 */
@State(Scope.Thread)
public class MatcherMicroBenchmark {

	private static final String EVENT = "{\"channel\":\"c7\",\"type\":\"update\",\"data\":{\"e\":\"trade\","
			+ "\"E\":1700000000123,\"s\":\"BTCUSDT\",\"t\":123456,\"p\":\"64231.10\",\"q\":\"0.00100\",\"m\":true}}";

	private static final byte[] EVENT_UTF8 = EVENT.getBytes(StandardCharsets.UTF_8);

	private static final byte[] PONG_UTF8 = "{\"op\":\"pong\"}".getBytes(StandardCharsets.UTF_8);

	private final MessageMatcher event;

	private final MessageMatcher pong;

	private final MessageRules rules;

	private final MessageReader reader = new MessageReader();

	public MatcherMicroBenchmark() {
		MessageRules.Builder builder = MessageRules.builder();
		this.event = builder.matcher("when", "/data/s = ETHUSDT");
		this.pong = builder.matcher("when", "/op = pong");
		this.rules = builder.build();
	}

	@Benchmark
	public boolean matcher() {
		return read(EVENT_UTF8).matches(this.event);
	}

	@Benchmark
	public boolean heartbeatAnswer() {
		return read(PONG_UTF8).matches(this.pong);
	}

	private ParsedMessage read(byte[] utf8) {
		return Objects.requireNonNull(this.reader.read(this.rules, utf8, 0, utf8.length));
	}

}
