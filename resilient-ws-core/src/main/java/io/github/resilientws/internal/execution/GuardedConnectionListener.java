package io.github.resilientws.internal.execution;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.transport.ConnectionListener;

/**
 * Contains failures of the listener of one connection, whichever transport calls it.
 */
final class GuardedConnectionListener implements ConnectionListener {

	private final ConnectionListener delegate;

	private final Consumer<Throwable> onFailure;

	GuardedConnectionListener(ConnectionListener delegate, Consumer<Throwable> onFailure) {
		this.delegate = delegate;
		this.onFailure = onFailure;
	}

	@Override
	public void onOpen() {
		try {
			this.delegate.onOpen();
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
	}

	@Override
	public void onRead() {
		try {
			this.delegate.onRead();
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
	}

	@Override
	public void onText(String text) {
		try {
			this.delegate.onText(text);
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
	}

	@Override
	public void onBinary(ByteBuffer bytes) {
		try {
			this.delegate.onBinary(bytes);
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
	}

	@Override
	public void onPong(ByteBuffer payload) {
		try {
			this.delegate.onPong(payload);
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
	}

	@Override
	public void onWritable() {
		try {
			this.delegate.onWritable();
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
	}

	@Override
	public void onClosed(DisconnectCause cause) {
		try {
			this.delegate.onClosed(cause);
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
	}

}
