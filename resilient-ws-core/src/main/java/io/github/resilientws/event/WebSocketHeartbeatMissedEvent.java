package io.github.resilientws.event;

/**
 * A heartbeat was not answered in time.
 */
public class WebSocketHeartbeatMissedEvent extends WebSocketClientEvent {

	private final int missed;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param missed number of beats missed in a row
	 */
	public WebSocketHeartbeatMissedEvent(String clientName, int missed) {
		super(clientName);
		this.missed = missed;
	}

	/**
	 * Return the number of beats missed in a row.
	 * @return number of beats missed in a row
	 */
	public int getMissed() {
		return this.missed;
	}

}
