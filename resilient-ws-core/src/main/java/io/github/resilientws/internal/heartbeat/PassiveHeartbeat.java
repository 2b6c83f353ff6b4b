package io.github.resilientws.internal.heartbeat;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * No periodic heartbeat: the peer must send something within a limit. A heartbeat on
 * request is a ping.
 */
final class PassiveHeartbeat implements HeartbeatStrategy {

	private final PingHeartbeat onRequest;

	private final Duration silenceLimit;

	PassiveHeartbeat(PingHeartbeat onRequest, Duration silenceLimit) {
		this.onRequest = onRequest;
		this.silenceLimit = silenceLimit;
	}

	@Override
	public Duration interval() {
		return Duration.ZERO;
	}

	@Override
	public Duration silenceLimit() {
		return this.silenceLimit;
	}

	@Override
	public void send(Heartbeat heartbeat, Runnable onReply) {
		this.onRequest.send(heartbeat, onReply);
	}

	@Override
	public boolean isAnswer(Heartbeat heartbeat, ByteBuffer payload) {
		return this.onRequest.isAnswer(heartbeat, payload);
	}

}
