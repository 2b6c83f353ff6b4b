package io.github.resilientws.internal.execution;

import java.util.List;

import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * Contains failures of the listeners of writes, for any transport.
 */
final class GuardedConnection implements WebSocketConnection {

	private final WebSocketConnection connection;

	private final InternalFailures failures;

	GuardedConnection(WebSocketConnection connection, InternalFailures failures) {
		this.connection = connection;
		this.failures = failures;
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
		this.connection.write(messages, guard(listener));
	}

	@Override
	public void ping(byte[] payload, WriteListener listener) {
		this.connection.ping(payload, guard(listener));
	}

	private WriteListener guard(WriteListener listener) {
		return (written, started, failure) -> this.failures.run(() -> listener.onWritten(written, started, failure));
	}

	@Override
	public void resumeReading() {
		guard(this.connection::resumeReading);
	}

	@Override
	public void suspendReading() {
		guard(this.connection::suspendReading);
	}

	@Override
	public void close(int code, String reason) {
		try {
			this.connection.close(code, reason);
		}
		catch (Throwable ex) {
			this.failures.report(ex);
			abort();
		}
	}

	// the end of a connection must go on even if the transport throws
	@Override
	public void abort() {
		try {
			this.connection.abort();
		}
		catch (Throwable ex) {
			this.failures.report(ex);
		}
	}

	private void guard(Runnable call) {
		this.failures.run(call);
	}

}
