package io.github.resilientws.transport;

import io.github.resilientws.settings.ClientSettings;

/**
 * A WebSocket implementation. One transport serves many clients.
 *
 * @since 0.1
 */
public interface WebSocketTransport extends AutoCloseable {

	/**
	 * Check the settings of a new client, so that unsupported settings are refused
	 * instead of ignored. By default all are accepted.
	 * @param settings the client's settings
	 * @param tls whether the client has its own TLS settings
	 * @throws io.github.resilientws.settings.InvalidSettingException if a setting is
	 * refused
	 */
	default void check(ClientSettings settings, boolean tls) {
	}

	/**
	 * Create the serial executor of a new client. It outlives the client's connections.
	 * @return an executor on which all signals of the client's connections arrive
	 */
	SerialExecutor newExecutor();

	/**
	 * Start an attempt to connect. Never blocks; called on the given executor.
	 * @param request the URL and settings of the attempt
	 * @param executor executor created by {@link #newExecutor()}
	 * @param listener receives the signals of the connection, on the executor
	 * @return the connection, not open yet
	 */
	WebSocketConnection connect(ConnectRequest request, SerialExecutor executor, ConnectionListener listener);

	/**
	 * Release threads and sockets. Open connections are aborted.
	 */
	@Override
	void close();

}
