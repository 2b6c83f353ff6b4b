package io.github.resilientws.internal.election;

import java.nio.channels.ClosedChannelException;
import java.util.List;

import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * A connection over a line that is elected: nothing is written once the line is not held
 * any more, whether that was signalled or not.
 */
public final class OwnedConnection implements WebSocketConnection {

	private final WebSocketConnection connection;

	private final Line line;

	/**
	 * Create a connection.
	 * @param connection the connection
	 * @param line its line
	 */
	public OwnedConnection(WebSocketConnection connection, Line line) {
		this.connection = connection;
		this.line = line;
	}

	@Override
	public boolean isWritable() {
		return this.connection.isWritable();
	}

	@Override
	public long getBytesTaken() {
		return this.connection.getBytesTaken();
	}

	@Override
	public void write(List<? extends OutboundPayload> messages, WriteListener listener) {
		if (this.line.isHeld()) {
			this.connection.write(messages, listener);
		}
		else {
			refuse(listener);
		}
	}

	@Override
	public void ping(byte[] payload, WriteListener listener) {
		if (this.line.isHeld()) {
			this.connection.ping(payload, listener);
		}
		else {
			refuse(listener);
		}
	}

	private void refuse(WriteListener listener) {
		this.connection.abort();
		listener.onWritten(0, 0, new ClosedChannelException());
	}

	@Override
	public void resumeReading() {
		this.connection.resumeReading();
	}

	@Override
	public void suspendReading() {
		this.connection.suspendReading();
	}

	@Override
	public void close(int code, String reason) {
		if (this.line.isHeld()) {
			this.connection.close(code, reason);
		}
		else {
			this.connection.abort();
		}
	}

	@Override
	public void abort() {
		this.connection.abort();
	}

}
