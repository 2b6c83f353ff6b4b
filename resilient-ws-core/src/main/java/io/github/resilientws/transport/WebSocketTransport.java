package io.github.resilientws.transport;

import io.github.resilientws.InvalidSettingException;
import io.github.resilientws.ProxySettings;

/**
 * A WebSocket implementation. One transport serves many clients.
 */
public interface WebSocketTransport extends AutoCloseable {

	/**
	 * Make the serial executor of a new client. It outlives the client's connections.
	 * @return an executor on which all signals of the client's connections arrive
	 */
	SerialExecutor newExecutor();

	/**
	 * Make sure that clients can connect through a proxy. Called when a client is built.
	 * @param proxy the proxy, which may be none
	 * @throws InvalidSettingException if this transport cannot use it
	 */
	default void checkProxy(ProxySettings proxy) {
	}

	/**
	 * Begin an attempt. Never blocks; called on the given executor.
	 * @param request where and how to connect
	 * @param executor executor made by {@link #newExecutor()}
	 * @param listener told, on the executor, what happens to the connection
	 * @return the connection, not open yet
	 */
	WebSocketConnection connect(ConnectRequest request, SerialExecutor executor, ConnectionListener listener);

	/**
	 * Release threads and sockets. Connections that are still there are aborted.
	 */
	@Override
	void close();

}
