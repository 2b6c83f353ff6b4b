package io.github.resilientws.event;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.Assert;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;

/**
 * Publishes the messages of one client as {@link WebSocketMessageReceivedEvent}, on the
 * callback thread of the client's listeners. An exception of a synchronous event listener
 * is passed on to the caller.
 *
 * @since 0.1
 */
public class MessageEventPublisher implements WebSocketMessageListener {

	private final String clientName;

	private final ApplicationEventPublisher publisher;

	/**
	 * Create a listener that publishes events.
	 * @param clientName name of the client
	 * @param publisher where to publish them
	 */
	public MessageEventPublisher(String clientName, ApplicationEventPublisher publisher) {
		Assert.hasText(clientName, "'clientName' must not be empty");
		Assert.notNull(publisher, "'publisher' must not be null");
		this.clientName = clientName;
		this.publisher = publisher;
	}

	@Override
	public void onMessage(InboundMessage message) {
		Object payload = message.isText() ? message.text() : message.bytes();
		this.publisher.publishEvent(new WebSocketMessageReceivedEvent(this.clientName, payload));
	}

}
