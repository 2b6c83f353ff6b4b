package io.github.resilientws.event;

import io.github.resilientws.DisconnectCause;

/**
 * The client gave up and is {@code FAILED} until {@code connect()}.
 *
 * @since 0.1
 */
public class WebSocketReconnectFailedEvent extends WebSocketClientEvent {

	private final int attempts;

	private final transient DisconnectCause cause;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param attempts attempts of the series
	 * @param cause why the last attempt or connection ended
	 */
	public WebSocketReconnectFailedEvent(String clientName, int attempts, DisconnectCause cause) {
		super(clientName);
		this.attempts = attempts;
		this.cause = cause;
	}

	/**
	 * Return the attempts of the series.
	 * @return attempts of the series
	 */
	public int getAttempts() {
		return this.attempts;
	}

	/**
	 * Return the cause.
	 * @return why the last attempt or connection ended
	 */
	public DisconnectCause getCause() {
		return this.cause;
	}

}
