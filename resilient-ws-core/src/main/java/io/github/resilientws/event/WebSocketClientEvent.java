package io.github.resilientws.event;

import org.springframework.context.ApplicationEvent;

/**
 * Base class of the events of a client. They are published in order, one at a time, on a
 * callback thread; events of received messages are published on the thread of the
 * client's listeners.
 *
 * <pre class="code">
 * &#64;EventListener
 * void lost(WebSocketDisconnectedEvent event) {
 *     log.warn(event.getClientName() + ": " + event.getCause().describe());
 * }
 * </pre>
 *
 * @since 0.1
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
