package io.github.resilientws.internal.heartbeat;

import java.time.Duration;
import java.util.Objects;

import io.github.resilientws.internal.encoding.TemplateSender;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * A heartbeat is a text message. Its answer is a text message that a matcher recognises,
 * or any input if no matcher is configured.
 */
final class TextHeartbeat implements HeartbeatStrategy {

	private final TemplateSender sender;

	private final CompiledHeartbeat rules;

	private final Duration interval;

	TextHeartbeat(TemplateSender sender, CompiledHeartbeat rules, Duration interval) {
		this.sender = sender;
		this.rules = rules;
		this.interval = interval;
	}

	@Override
	public Duration interval() {
		return this.interval;
	}

	@Override
	public void send(Heartbeat heartbeat) {
		this.sender.send(Objects.requireNonNull(this.rules.send()), heartbeat);
	}

	@Override
	public boolean awaitsReady() {
		return true;
	}

	@Override
	public boolean isAnsweredByAnyInput() {
		return this.rules.await() == null;
	}

	@Override
	public boolean isAnswer(ParsedMessage message) {
		return this.rules.await() != null && message.matches(this.rules.await());
	}

}
