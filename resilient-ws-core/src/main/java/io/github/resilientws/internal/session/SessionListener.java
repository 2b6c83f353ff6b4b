package io.github.resilientws.internal.session;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.ReconnectAction;

/**
 * Receives the end of the session steps of a connection, and messages that end the
 * connection, on the client's executor.
 */
public interface SessionListener {

	/** All steps are done: the connection is ready. */
	void onSessionReady();

	/**
	 * A step was refused or timed out.
	 * @param reason the reason, for the close frame
	 * @param action action that the settings require, or {@code null} to decide by the
	 * close code
	 */
	void onSessionFailed(String reason, @Nullable ReconnectAction action);

	/**
	 * A message of the server ends the connection ({@code reconnect.on-message}).
	 * @param rule name of the rule that the message matched
	 * @param action action of that rule
	 */
	void onReconnectMessage(String rule, ReconnectAction action);

}
