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
import io.github.resilientws.listener.MatchingListener;
import io.github.resilientws.listener.QuestionListener;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageRulesRegistry;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * Subscribes for the application. May be used by any thread.
 */
public final class Subscriber {

	private final SubscriptionRegistry registry;

	private final PayloadConverter converter;

	private final OutboundMessageEncoder encoder;

	private final MessageRulesRegistry rules;

	private final @Nullable Locator payload;

	/**
	 * Create a subscriber.
	 * @param registry subscriptions of the client, with a template
	 * @param rules the rules of the client
	 */
	public Subscriber(SubscriptionRegistry registry, MessageRulesRegistry rules) {
		this.registry = registry;
		this.converter = registry.context().converter();
		this.encoder = new OutboundMessageEncoder(this.converter,
				new DeferredEncoder("subscription.send", registry.templates().send()));
		this.rules = rules;
		String payload = registry.context().settings().subscription().payload();
		this.payload = payload.isEmpty() ? null
				: rules.register((builder) -> builder.locator("subscription.payload", payload));
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
		if (listener instanceof QuestionListener
				&& this.registry.context().settings().subscription().messageKey().isEmpty()) {
			this.registry.warnings().methodNeverCalled();
		}
		SubscriptionHandle handle = SubscriptionHandle.of(destination, listener, this.registry);
		try {
			EncodedMessage encoded = this.encoder.encode(message);
			DeferredText text = encoded.deferred();
			Assert.state(text != null, "a subscription is rendered for its connection");
			SubscriptionRequest request = SubscriptionRequest.of(message, destination, encoded.bytes(), text);
			this.registry.executor().execute(() -> this.registry.add(handle, request));
		}
		catch (MessageRefusedException ex) {
			this.registry.warnings().notSent(ex.detail());
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
		if (this.payload != null) {
			this.rules.setUsedByListeners();
		}
		return subscribe(message, new ContentListener<>(type, this.payload, this.converter, listener));
	}

	/**
	 * Passes the converted content of messages to the application.
	 *
	 * @param <T> type of the content
	 * @param type type of the content
	 * @param locator finds the content, or {@code null} for the whole message
	 * @param converter converts it
	 * @param consumer receives the content of each message that has one
	 */
	private record ContentListener<T>(Class<T> type, @Nullable Locator locator, PayloadConverter converter,
			Consumer<T> consumer) implements MatchingListener {

		// without the client's rules nothing is located
		@Override
		public void onMessage(InboundMessage message) {
			onMessage(message, null);
		}

		@Override
		public void onMessage(InboundMessage message, @Nullable ParsedMessage parsed) {
			Object content = read(message, parsed);
			if (content != null) {
				this.consumer.accept(this.type.cast(content));
			}
		}

		private @Nullable Object read(InboundMessage message, @Nullable ParsedMessage parsed) {
			if (this.type == InboundMessage.class) {
				return message;
			}
			String text = (this.locator != null) ? located(this.locator, parsed) : message.text();
			return (text == null || this.type == String.class) ? text : this.converter.read(text, this.type);
		}

		private @Nullable String located(Locator locator, @Nullable ParsedMessage parsed) {
			if (parsed == null) {
				return null;
			}
			return (this.type == String.class) ? parsed.find(locator) : parsed.findContent(locator);
		}

	}

}
