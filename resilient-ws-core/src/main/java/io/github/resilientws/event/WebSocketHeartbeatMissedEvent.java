package io.github.resilientws.event;

/**
 * A heartbeat was not answered in time.
 *
 * @since 0.1
 */
public class WebSocketHeartbeatMissedEvent extends WebSocketClientEvent {

	private final int missed;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param missed number of heartbeats missed in a row
	 */
	public WebSocketHeartbeatMissedEvent(String clientName, int missed) {
		super(clientName);
		this.missed = missed;
	}

	/**
	 * Return the number of heartbeats missed in a row.
	 * @return the number, from 1
	 */
	public int getMissed() {
		return this.missed;
	}

}
