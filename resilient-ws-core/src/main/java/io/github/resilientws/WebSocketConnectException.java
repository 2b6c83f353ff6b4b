package io.github.resilientws;

/**
 * The client did not become ready: it gave up, or the application stopped it.
 *
 * @since 0.1
 */
public class WebSocketConnectException extends RuntimeException {

	private final transient DisconnectCause disconnectCause;

	/**
	 * Create an exception.
	 * @param client name of the client
	 * @param state state in which the client ended
	 * @param disconnectCause why
	 */
	public WebSocketConnectException(String client, ConnectionState state, DisconnectCause disconnectCause) {
		super("[" + client + "] did not become READY but " + state + ": " + disconnectCause.describe());
		this.disconnectCause = disconnectCause;
	}

	/**
	 * Return why the client did not become ready.
	 * @return the cause
	 */
	public DisconnectCause getDisconnectCause() {
		return this.disconnectCause;
	}

}
