package io.github.resilientws.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.Assert;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OwnershipChange;
import io.github.resilientws.SubscriptionStatus;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Publishes the life of clients as Spring application events, on the callback thread that
 * calls the observer. An exception of a synchronous event listener is passed on to the
 * caller.
 *
 * @since 0.1
 */
public class ApplicationEvents implements ClientObserver {

	private final ApplicationEventPublisher publisher;

	/**
	 * Create an observer that publishes events.
	 * @param publisher where to publish them
	 */
	public ApplicationEvents(ApplicationEventPublisher publisher) {
		Assert.notNull(publisher, "'publisher' must not be null");
		this.publisher = publisher;
	}

	@Override
	public void ownershipChanged(String client, OwnershipChange change, long fence, @Nullable String reason) {
		this.publisher.publishEvent(new WebSocketOwnershipEvent(client, change, fence, reason));
	}

	@Override
	public void connecting(String client, int attempt) {
		this.publisher.publishEvent(new WebSocketConnectingEvent(client, attempt));
	}

	@Override
	public void connected(String client, Map<String, List<String>> responseHeaders) {
		this.publisher.publishEvent(new WebSocketConnectedEvent(client, responseHeaders));
	}

	@Override
	public void ready(String client, Duration outage) {
		this.publisher.publishEvent(new WebSocketReadyEvent(client, outage));
	}

	@Override
	public void disconnected(String client, DisconnectCause cause) {
		this.publisher.publishEvent(new WebSocketDisconnectedEvent(client, cause));
	}

	@Override
	public void reconnectScheduled(String client, int attempt, Duration delay, DisconnectCause cause) {
		this.publisher.publishEvent(new WebSocketReconnectScheduledEvent(client, attempt, delay, cause));
	}

	@Override
	public void reconnectFailed(String client, int attempts, DisconnectCause cause) {
		this.publisher.publishEvent(new WebSocketReconnectFailedEvent(client, attempts, cause));
	}

	@Override
	public void closed(String client) {
		this.publisher.publishEvent(new WebSocketClosedEvent(client));
	}

	@Override
	public void heartbeatMissed(String client, int missed) {
		this.publisher.publishEvent(new WebSocketHeartbeatMissedEvent(client, missed));
	}

	@Override
	public void messageDropped(String client, String messageId, Reason reason) {
		this.publisher.publishEvent(new WebSocketMessageDroppedEvent(client, messageId, reason));
	}

	@Override
	public void subscriptionChanged(String client, String destination, SubscriptionStatus status,
			@Nullable InboundMessage reply) {
		this.publisher.publishEvent(new WebSocketSubscriptionEvent(client, destination, status, reply));
	}

	@Override
	public void deadLettered(String client, DeadLetter letter) {
		this.publisher
			.publishEvent(new WebSocketDeadLetterEvent(client, letter.id(), letter.attempts(), letter.cause()));
	}

}
