package io.github.resilientws.internal.session;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.ReconnectAction;

/**
 * Receives the end of the session steps of a connection, on the client's executor.
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

}
