package io.github.resilientws.settings;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Settings of subscriptions, which survive connections.
 *
 * @param send template of the message that subscribes; empty for no subscriptions; by
 * default empty
 * @param await matcher of the confirmation; {@code null}: the reply to {@code send}, or
 * without an id in it the end of its write; empty: the end of its write; by default
 * {@code null}
 * @param cancel template of the message that unsubscribes; empty for none; by default
 * empty
 * @param key what names a subscription in messages: {@code destination}, {@code id}, or a
 * locator in the confirmation; by default {@code destination}
 * @param messageKey locator of that name in a message; empty: messages are not assigned;
 * by default empty
 * @param payload locator of what typed listeners get; empty for the whole message; by
 * default empty
 * @param onMessage messages of a subscription that end or renew it; by default none
 * @param timeout time in which a subscription must be confirmed; by default 10 seconds
 * @since 0.1
 */
public record SubscriptionSettings(String send, @Nullable String await, String cancel, String key, String messageKey,
		String payload, List<OnMessage> onMessage, Duration timeout) {

	/** Value of {@code key}: messages name the destination. */
	public static final String DESTINATION = "destination";

	/** Value of {@code key}: messages name the id under which it was subscribed. */
	public static final String ID = "id";

	/** No subscriptions. */
	public static final SubscriptionSettings DEFAULTS = new SubscriptionSettings("", null, "", DESTINATION, "", "",
			List.of(), Duration.ofSeconds(10));

	/**
	 * Copies the list.
	 * @param send template of the message that subscribes; empty for no subscriptions
	 * @param await matcher of the confirmation; {@code null}: the reply to {@code send},
	 * or without an id in it the end of its write; empty: the end of its write
	 * @param cancel template of the message that unsubscribes; empty for none
	 * @param key what names a subscription in messages: {@code destination}, {@code id},
	 * or a locator in the confirmation
	 * @param messageKey locator of that name in a message; empty: messages are not
	 * assigned
	 * @param payload locator of what typed listeners get; empty for the whole message
	 * @param onMessage messages of a subscription that end or renew it
	 * @param timeout time in which a subscription must be confirmed
	 */
	public SubscriptionSettings {
		onMessage = List.copyOf(onMessage);
	}

	/**
	 * Return a copy with the given {@code send}.
	 * @param send template of the message that subscribes; empty for no subscriptions
	 * @return the copy
	 */
	public SubscriptionSettings withSend(String send) {
		return new SubscriptionSettings(send, this.await, this.cancel, this.key, this.messageKey, this.payload,
				this.onMessage, this.timeout);
	}

	/**
	 * Return a copy with the given {@code await}.
	 * @param await matcher of the confirmation; {@code null}: the reply to {@code send},
	 * or without an id in it the end of its write; empty: the end of its write
	 * @return the copy
	 */
	public SubscriptionSettings withAwait(@Nullable String await) {
		return new SubscriptionSettings(this.send, await, this.cancel, this.key, this.messageKey, this.payload,
				this.onMessage, this.timeout);
	}

	/**
	 * Return a copy with the given {@code cancel}.
	 * @param cancel template of the message that unsubscribes; empty for none
	 * @return the copy
	 */
	public SubscriptionSettings withCancel(String cancel) {
		return new SubscriptionSettings(this.send, this.await, cancel, this.key, this.messageKey, this.payload,
				this.onMessage, this.timeout);
	}

	/**
	 * Return a copy with the given {@code key}.
	 * @param key what names a subscription in messages: {@code destination}, {@code id},
	 * or a locator in the confirmation
	 * @return the copy
	 */
	public SubscriptionSettings withKey(String key) {
		return new SubscriptionSettings(this.send, this.await, this.cancel, key, this.messageKey, this.payload,
				this.onMessage, this.timeout);
	}

	/**
	 * Return a copy with the given {@code message-key}.
	 * @param messageKey locator of that name in a message; empty: messages are not
	 * assigned
	 * @return the copy
	 */
	public SubscriptionSettings withMessageKey(String messageKey) {
		return new SubscriptionSettings(this.send, this.await, this.cancel, this.key, messageKey, this.payload,
				this.onMessage, this.timeout);
	}

	/**
	 * Return a copy with the given {@code payload}.
	 * @param payload locator of what typed listeners get; empty for the whole message
	 * @return the copy
	 */
	public SubscriptionSettings withPayload(String payload) {
		return new SubscriptionSettings(this.send, this.await, this.cancel, this.key, this.messageKey, payload,
				this.onMessage, this.timeout);
	}

	/**
	 * Return a copy with the given {@code on-message}.
	 * @param onMessage messages of a subscription that end or renew it
	 * @return the copy
	 */
	public SubscriptionSettings withOnMessage(List<OnMessage> onMessage) {
		return new SubscriptionSettings(this.send, this.await, this.cancel, this.key, this.messageKey, this.payload,
				onMessage, this.timeout);
	}

	/**
	 * Return a copy with the given {@code timeout}.
	 * @param timeout time in which a subscription must be confirmed
	 * @return the copy
	 */
	public SubscriptionSettings withTimeout(Duration timeout) {
		return new SubscriptionSettings(this.send, this.await, this.cancel, this.key, this.messageKey, this.payload,
				this.onMessage, timeout);
	}

	/** Return a description without the templates, which may hold secrets. */
	@Override
	public String toString() {
		return "SubscriptionSettings[key=" + this.key + ", messageKey=" + this.messageKey + ", timeout=" + this.timeout
				+ "]";
	}

	/**
	 * A message of a subscription that ends or renews it.
	 *
	 * @param when matcher of the message
	 * @param action action for the subscription
	 */
	public record OnMessage(String when, Action action) {

	}

	/**
	 * Action for a subscription.
	 */
	public enum Action {

		/** It is finished. */
		END,

		/** The server refuses it. */
		FAIL,

		/** Subscribe again, after a back-off. */
		RENEW

	}

}
