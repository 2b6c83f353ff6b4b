package io.github.resilientws.event;

import java.time.Duration;

import io.github.resilientws.DisconnectCause;

/**
 * The next attempt is scheduled.
 *
 * @since 0.1
 */
public class WebSocketReconnectScheduledEvent extends WebSocketClientEvent {

	private final int attempt;

	private final Duration delay;

	private final transient DisconnectCause cause;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param attempt number of the attempt that will follow
	 * @param delay time until that attempt
	 * @param cause why the last attempt or connection ended
	 */
	public WebSocketReconnectScheduledEvent(String clientName, int attempt, Duration delay, DisconnectCause cause) {
		super(clientName);
		this.attempt = attempt;
		this.delay = delay;
		this.cause = cause;
	}

	/**
	 * Return the number of the attempt that will follow.
	 * @return number of the attempt that will follow
	 */
	public int getAttempt() {
		return this.attempt;
	}

	/**
	 * Return the time until that attempt.
	 * @return time until the next attempt
	 */
	public Duration getDelay() {
		return this.delay;
	}

	/**
	 * Return the cause.
	 * @return why the last attempt or connection ended
	 */
	public DisconnectCause getCause() {
		return this.cause;
	}

}
