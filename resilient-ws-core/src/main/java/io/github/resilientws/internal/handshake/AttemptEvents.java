package io.github.resilientws.internal.handshake;

import java.util.List;
import java.util.Map;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.connection.OpenConnection;

/**
 * Receives the result of an attempt, on the client's executor.
 */
public interface AttemptEvents {

	/**
	 * The opening handshake is done.
	 * @param attempt the attempt, which has succeeded
	 * @param connection the connection, not started
	 * @param responseHeaders headers of the server's answer
	 */
	void onOpen(ConnectAttempt attempt, OpenConnection connection, Map<String, List<String>> responseHeaders);

	/**
	 * The attempt failed.
	 * @param attempt the attempt
	 * @param cause the cause
	 */
	void onAttemptFailed(ConnectAttempt attempt, DisconnectCause cause);

}
