package io.github.resilientws.internal.connection;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.settings.ReconnectAction;

/**
 * Receives the events of an open connection, on the client's executor.
 */
public interface ConnectionEvents {

	/**
	 * The session steps are done.
	 * @param connection the connection
	 */
	void onReady(OpenConnection connection);

	/**
	 * The connection has ended.
	 * @param connection the connection
	 * @param cause the cause
	 * @param action action that a session step or a message requires, or {@code null} to
	 * decide by the cause
	 */
	void onConnectionLost(OpenConnection connection, DisconnectCause cause, @Nullable ReconnectAction action);

}
