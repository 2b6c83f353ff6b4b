package io.github.resilientws.internal;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WriteListener;

/**
 * A transport whose first connection makes the client's own code fail.
 */
public final class FaultyTransport implements WebSocketTransport {

	private final WebSocketTransport transport;

	private final Fault fault;

	private int attempts;

	public FaultyTransport(WebSocketTransport transport, Fault fault) {
		this.transport = transport;
		this.fault = fault;
	}

	@Override
	public SerialExecutor newExecutor() {
		return this.transport.newExecutor();
	}

	@Override
	public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor, ConnectionListener listener) {
		if (this.attempts++ > 0) {
			return this.transport.connect(request, executor, listener);
		}
		ConnectionListener faulty = (this.fault == Fault.TEXT) ? faulty(ConnectionListener.class, listener, "onText")
				: listener;
		WebSocketConnection connection = this.transport.connect(request, executor, faulty);
		return switch (this.fault) {
			case PING -> faulty(WebSocketConnection.class, connection, "ping");
			case WRITE, RESULT -> faulty(WebSocketConnection.class, connection, "write");
			case TEXT -> connection;
		};
	}

	private <T> T faulty(Class<T> type, T delegate, String method) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, called, arguments) -> {
				try {
					if (!called.getName().equals(method)) {
						return called.invoke(delegate, arguments);
					}
					if (this.fault == Fault.RESULT) {
						WriteListener listener = (WriteListener) arguments[1];
						WriteListener wrong = (written, started, failure) -> listener.onWritten(9, 9,
								new IOException("s3cret"));
						return called.invoke(delegate, arguments[0], wrong);
					}
					if (delegate instanceof WebSocketConnection) {
						throw new IllegalStateException("s3cret");
					}
					// our own code does not expect it
					return called.invoke(delegate, new Object[1]);
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	@Override
	public void close() {
		this.transport.close();
	}

	/**
	 * Which code fails.
	 */
	public enum Fault {

		/** A timer: the one of heartbeats. */
		PING,

		/** A task: the one that drains the outbox. */
		WRITE,

		/**
		 * A call of the transport: that with the result of a write, which is nonsense.
		 */
		RESULT,

		/** A call of the transport: that with a message. */
		TEXT

	}

}
