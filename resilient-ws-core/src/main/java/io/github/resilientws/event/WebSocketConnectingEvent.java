package io.github.resilientws.event;

/**
 * An attempt to connect begins.
 *
 * @since 0.1
 */
public class WebSocketConnectingEvent extends WebSocketClientEvent {

	private final int attempt;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param attempt number of the attempt
	 */
	public WebSocketConnectingEvent(String clientName, int attempt) {
		super(clientName);
		this.attempt = attempt;
	}

	/**
	 * Return the number of the attempt.
	 * @return from 1, within the series of attempts
	 */
	public int getAttempt() {
		return this.attempt;
	}

}
