package io.github.resilientws.benchmarks.micro;

import java.util.List;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * A connection that takes every message at once.
 */
final class SinkConnection implements WebSocketConnection {

	private final SerialExecutor executor;

	private final ConnectionListener listener;

	private long bytesTaken;

	SinkConnection(SerialExecutor executor, ConnectionListener listener) {
		this.executor = executor;
		this.listener = listener;
	}

	@Override
	public boolean isWritable() {
		return true;
	}

	@Override
	public long getBytesTaken() {
		return this.bytesTaken;
	}

	@Override
	public void write(List<? extends OutboundPayload> messages, WriteListener listener) {
		for (OutboundPayload message : messages) {
			this.bytesTaken += message.payload().length;
		}
		int written = messages.size();
		this.executor.execute(() -> listener.onWritten(written, written, null));
	}

	@Override
	public void ping(byte[] payload, WriteListener listener) {
		this.executor.execute(() -> listener.onWritten(1, 1, null));
	}

	@Override
	public void resumeReading() {
	}

	@Override
	public void suspendReading() {
	}

	@Override
	public void close(int code, String reason) {
		abort();
	}

	@Override
	public void abort() {
		this.executor.execute(() -> this.listener.onClosed(new DisconnectCause.Requested()));
	}

}
