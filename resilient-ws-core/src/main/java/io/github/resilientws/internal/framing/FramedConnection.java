package io.github.resilientws.internal.framing;

import java.util.List;

import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * A connection whose frames are decoded. Confined to the client's executor.
 */
final class FramedConnection implements WebSocketConnection {

	private final WebSocketConnection socket;

	private final FramedListener inbound;

	/**
	 * Create a connection.
	 * @param socket connection of the transport
	 * @param inbound receives its signals
	 */
	FramedConnection(WebSocketConnection socket, FramedListener inbound) {
		this.socket = socket;
		this.inbound = inbound;
	}

	@Override
	public boolean isWritable() {
		return this.socket.isWritable();
	}

	@Override
	public long getBytesTaken() {
		return this.socket.getBytesTaken();
	}

	@Override
	public void write(List<? extends OutboundPayload> messages, WriteListener listener) {
		this.socket.write(messages, listener);
	}

	@Override
	public void ping(byte[] payload, WriteListener listener) {
		this.socket.ping(payload, listener);
	}

	@Override
	public void resumeReading() {
		this.inbound.resumeReading();
	}

	@Override
	public void suspendReading() {
		this.inbound.suspendReading();
	}

	@Override
	public void close(int code, String reason) {
		this.socket.close(code, reason);
		this.inbound.closing();
	}

	@Override
	public void abort() {
		this.socket.abort();
	}

}
