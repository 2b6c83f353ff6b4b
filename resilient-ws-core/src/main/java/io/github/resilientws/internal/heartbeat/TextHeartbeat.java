package io.github.resilientws.internal.heartbeat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

import io.github.resilientws.internal.request.TemplateSender;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.Template;

/**
 * A heartbeat is a text message. Its answer is the reply with its id, if it has one, or a
 * text message that a matcher recognises, or any input. While there is no room for a
 * further request, the heartbeat is a ping.
 */
final class TextHeartbeat implements HeartbeatStrategy {

	private final TemplateSender sender;

	private final CompiledHeartbeat rules;

	private final Duration interval;

	private final PingHeartbeat ping;

	TextHeartbeat(TemplateSender sender, CompiledHeartbeat rules, Duration interval, PingHeartbeat ping) {
		this.sender = sender;
		this.rules = rules;
		this.interval = interval;
		this.ping = ping;
	}

	@Override
	public Duration interval() {
		return this.interval;
	}

	@Override
	public void send(Heartbeat heartbeat, Runnable onReply) {
		if (this.sender.hasRoom(template())) {
			this.sender.send(template(), heartbeat, (reply) -> onReply.run());
		}
		else {
			this.ping.send(heartbeat, onReply);
		}
	}

	private Template template() {
		return Objects.requireNonNull(this.rules.send());
	}

	@Override
	public boolean awaitsReady() {
		return true;
	}

	@Override
	public boolean isAnsweredByAnyInput() {
		return this.rules.await() == null && !this.sender.isAnswered(template());
	}

	@Override
	public boolean isAnswer(Heartbeat heartbeat, ByteBuffer payload) {
		return this.ping.isAnswer(heartbeat, payload);
	}

	@Override
	public boolean isAnswer(ParsedMessage message) {
		return this.rules.await() != null && message.matches(this.rules.await());
	}

}
