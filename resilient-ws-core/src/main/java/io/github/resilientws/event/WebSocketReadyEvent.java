package io.github.resilientws.event;

import java.time.Duration;

/**
 * The client is ready: messages flow.
 *
 * @since 0.1
 */
public class WebSocketReadyEvent extends WebSocketClientEvent {

	private final Duration outage;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param outage time without readiness
	 */
	public WebSocketReadyEvent(String clientName, Duration outage) {
		super(clientName);
		this.outage = outage;
	}

	/**
	 * Return the time without readiness.
	 * @return since the client was last ready, or since its start
	 */
	public Duration getOutage() {
		return this.outage;
	}

}
