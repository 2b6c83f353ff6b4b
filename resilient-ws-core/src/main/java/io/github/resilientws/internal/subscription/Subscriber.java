package io.github.resilientws.internal.subscription;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.internal.encoding.DeferredText;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.encoding.OutboundMessageEncoder;
import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.request.DeferredEncoder;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.SubscriptionSettings;

/**
 * Subscribes for the application. May be used by any thread.
 */
public final class Subscriber {

	private final SubscriptionRegistry registry;

	private final PayloadConverter converter;

	private final OutboundMessageEncoder encoder;

	private final MessageRules rules;

	private final @Nullable Locator payload;

	/**
	 * Create a subscriber.
	 * @param registry subscriptions of the client, with a template
	 */
	public Subscriber(SubscriptionRegistry registry) {
		SubscriptionSettings settings = registry.context().settings().subscription();
		this.registry = registry;
		this.converter = registry.context().converter();
		this.encoder = new OutboundMessageEncoder(this.converter,
				new DeferredEncoder("subscription.send", registry.templates().send()));
		MessageRules.Builder builder = MessageRules.builder();
		this.payload = settings.payload().isEmpty() ? null
				: builder.locator("subscription.payload", settings.payload());
		this.rules = builder.build();
	}

	/**
	 * Subscribe.
	 * @param message destination, payload and values
	 * @param listener receives the messages of the subscription
	 * @return the subscription
	 */
	public WebSocketSubscription subscribe(OutboundMessage message, WebSocketMessageListener listener) {
		String destination = message.getDestination();
		Assert.notNull(destination, "'subscription' must have a destination");
		SubscriptionHandle handle = new SubscriptionHandle(destination, listener, this.registry);
		try {
			EncodedMessage encoded = this.encoder.encode(message);
			DeferredText text = encoded.deferred();
			Assert.state(text != null, "a subscription is rendered for its connection");
			SubscriptionRequest request = SubscriptionRequest.of(message, destination, encoded.bytes(), text);
			this.registry.executor().execute(() -> this.registry.add(handle, request));
		}
		catch (MessageRefusedException ex) {
			handle.fail(new WebSocketDeliveryException("", 0, ex.reason(), ex.detail()));
		}
		catch (RejectedExecutionException ex) {
			handle.fail(new IllegalStateException("the transport is closed", ex));
		}
		return handle;
	}

	/**
	 * Subscribe, and read what {@code subscription.payload} finds in its messages.
	 * @param <T> type of the content
	 * @param message destination, payload and values
	 * @param type type of the content
	 * @param listener receives the content of each message that has one
	 * @return the subscription
	 */
	public <T> WebSocketSubscription subscribe(OutboundMessage message, Class<T> type, Consumer<T> listener) {
		return subscribe(message, (received) -> {
			Object content = read(received, type);
			if (content != null) {
				listener.accept(type.cast(content));
			}
		});
	}

	private @Nullable Object read(InboundMessage received, Class<?> type) {
		if (type == InboundMessage.class) {
			return received;
		}
		Locator locator = this.payload;
		if (locator == null) {
			return (type == String.class) ? received.text() : this.converter.read(received.text(), type);
		}
		ParsedMessage message = this.rules.read(received.text());
		return (type == String.class) ? message.find(locator) : this.converter.read(message.findContent(locator), type);
	}

}
