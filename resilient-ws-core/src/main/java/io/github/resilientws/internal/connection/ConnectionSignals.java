package io.github.resilientws.internal.connection;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.transport.ConnectionListener;

/**
 * Passes the signals of one transport connection to the receiver of its present phase:
 * the attempt, then the open connection. A failure of the receiver does not reach the
 * transport. Confined to the client's executor.
 */
public final class ConnectionSignals implements ConnectionListener {

	private final Consumer<Throwable> failures;

	private ConnectionListener receiver;

	/**
	 * Create the signals of a connection.
	 * @param failures receives failures of receivers
	 * @param receiver receives the signals first
	 */
	public ConnectionSignals(Consumer<Throwable> failures, ConnectionListener receiver) {
		this.failures = failures;
		this.receiver = receiver;
	}

	public void passTo(ConnectionListener receiver) {
		this.receiver = receiver;
	}

	@Override
	public void onOpen(Map<String, List<String>> responseHeaders) {
		pass((receiver) -> receiver.onOpen(responseHeaders));
	}

	// frequent signals avoid a capturing lambda
	@Override
	public void onRead() {
		try {
			this.receiver.onRead();
		}
		catch (Throwable ex) {
			this.failures.accept(ex);
		}
	}

	@Override
	public boolean onEncodedText(byte[] utf8, int offset, int length) {
		try {
			return this.receiver.onEncodedText(utf8, offset, length);
		}
		catch (Throwable ex) {
			this.failures.accept(ex);
			return true;
		}
	}

	@Override
	public void onText(String text) {
		try {
			this.receiver.onText(text);
		}
		catch (Throwable ex) {
			this.failures.accept(ex);
		}
	}

	@Override
	public void onBinary(ByteBuffer bytes) {
		try {
			this.receiver.onBinary(bytes);
		}
		catch (Throwable ex) {
			this.failures.accept(ex);
		}
	}

	@Override
	public void onPong(ByteBuffer payload) {
		pass((receiver) -> receiver.onPong(payload));
	}

	@Override
	public void onWritable() {
		pass(ConnectionListener::onWritable);
	}

	@Override
	public void onClosed(DisconnectCause cause) {
		pass((receiver) -> receiver.onClosed(cause));
	}

	private void pass(Consumer<ConnectionListener> signal) {
		try {
			signal.accept(this.receiver);
		}
		catch (Throwable ex) {
			this.failures.accept(ex);
		}
	}

}
