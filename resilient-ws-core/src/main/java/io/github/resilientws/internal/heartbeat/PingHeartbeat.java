package io.github.resilientws.internal.heartbeat;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.github.resilientws.transport.WebSocketConnection;

/**
 * A heartbeat is a ping with a unique payload; its answer is the pong with the same
 * payload (RFC 6455, sections 5.5.2 and 5.5.3).
 */
final class PingHeartbeat implements HeartbeatStrategy {

	private final WebSocketConnection socket;

	private final Duration interval;

	PingHeartbeat(WebSocketConnection socket, Duration interval) {
		this.socket = socket;
		this.interval = interval;
	}

	@Override
	public Duration interval() {
		return this.interval;
	}

	@Override
	public void send(Heartbeat heartbeat, Runnable onReply) {
		this.socket.ping(payload(heartbeat), heartbeat);
	}

	@Override
	public boolean isAnswer(Heartbeat heartbeat, ByteBuffer payload) {
		return ByteBuffer.wrap(payload(heartbeat)).equals(payload);
	}

	private static byte[] payload(Heartbeat heartbeat) {
		return ByteBuffer.allocate(Long.BYTES).putLong(heartbeat.number()).array();
	}

}
