package io.github.resilientws.event;

import org.springframework.context.ApplicationEvent;

/**
 * Something happened to a client. The events of a client are published in order, on its
 * event lane, received messages on its listener lane.
 */
public abstract class WebSocketClientEvent extends ApplicationEvent {

	/**
	 * Create an event.
	 * @param clientName name of the client, also the source of the event
	 */
	protected WebSocketClientEvent(String clientName) {
		super(clientName);
	}

	/**
	 * Return the name of the client.
	 * @return the name
	 */
	public String getClientName() {
		return (String) getSource();
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + "[" + getClientName() + "]";
	}

}
