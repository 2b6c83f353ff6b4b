package io.github.resilientws.transport;

import io.github.resilientws.settings.ProxySettings;

/**
 * A WebSocket implementation. One transport serves many clients.
 */
public interface WebSocketTransport extends AutoCloseable {

	/**
	 * Refuse settings of a new client that this transport cannot follow, so that they are
	 * not ignored. By default all are accepted.
	 * @param proxy the client's proxy
	 * @param tls whether the client has trust material of its own
	 * @throws io.github.resilientws.settings.InvalidSettingException if a setting is
	 * refused
	 */
	default void check(ProxySettings proxy, boolean tls) {
	}

	/**
	 * Make the serial executor of a new client. It outlives the client's connections.
	 * @return an executor on which all signals of the client's connections arrive
	 */
	SerialExecutor newExecutor();

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
