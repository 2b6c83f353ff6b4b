package io.github.resilientws.internal.heartbeat;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * No beat is due: the peer must be heard within a limit. A beat on request is a ping.
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
	public void send(Heartbeat beat) {
		this.onRequest.send(beat);
	}

	@Override
	public boolean isAnswer(Heartbeat beat, ByteBuffer payload) {
		return this.onRequest.isAnswer(beat, payload);
	}

}
