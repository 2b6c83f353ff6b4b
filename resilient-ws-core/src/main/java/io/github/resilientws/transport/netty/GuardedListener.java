package io.github.resilientws.transport.netty;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.transport.ConnectionListener;

/**
 * Contains failures of a listener, so that they do not reach the channel.
 */
final class GuardedListener implements ConnectionListener {

	private static final Log logger = LogFactory.getLog(GuardedListener.class);

	private final ConnectionListener delegate;

	GuardedListener(ConnectionListener delegate) {
		this.delegate = delegate;
	}

	@Override
	public void onOpen(Map<String, List<String>> responseHeaders) {
		try {
			this.delegate.onOpen(responseHeaders);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	@Override
	public void onRead() {
		try {
			this.delegate.onRead();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	@Override
	public boolean onEncodedText(byte[] utf8, int offset, int length) {
		try {
			return this.delegate.onEncodedText(utf8, offset, length);
		}
		catch (Throwable ex) {
			failed(ex);
			return true;
		}
	}

	@Override
	public void onText(String text) {
		try {
			this.delegate.onText(text);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	@Override
	public void onBinary(ByteBuffer bytes) {
		try {
			this.delegate.onBinary(bytes);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	@Override
	public void onPong(ByteBuffer payload) {
		try {
			this.delegate.onPong(payload);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	@Override
	public void onWritable() {
		try {
			this.delegate.onWritable();
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	@Override
	public void onClosed(DisconnectCause cause) {
		try {
			this.delegate.onClosed(cause);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private void failed(Throwable failure) {
		// unexpected: a client ends the connection itself first
		logger.error("The listener of a connection failed: " + FailureDescription.describe(failure));
	}

}
