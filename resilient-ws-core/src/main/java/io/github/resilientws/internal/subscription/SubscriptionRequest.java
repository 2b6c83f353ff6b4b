package io.github.resilientws.internal.subscription;

import java.nio.ByteBuffer;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.internal.encoding.DeferredText;

/**
 * What an application subscribes to.
 *
 * @param identity destination, payload and values; equal ones share a subscription
 * @param text text of the message that subscribes
 */
record SubscriptionRequest(Identity identity, DeferredText text) {

	static SubscriptionRequest of(OutboundMessage message, String destination, byte[] payload, DeferredText text) {
		Object given = message.getPayload();
		String form = message.isObject() ? "object" : (given != null) ? given.getClass().getName() : "";
		return new SubscriptionRequest(
				new Identity(destination, message.getId(), message.getValues(), form, ByteBuffer.wrap(payload)), text);
	}

	String destination() {
		return this.identity.destination();
	}

	/** Return a description without values, which may be secrets. */
	@Override
	public String toString() {
		return "SubscriptionRequest";
	}

	/**
	 * What subscriptions have in common that are one on the wire.
	 *
	 * @param destination the destination
	 * @param id id that the application gave, or {@code null}
	 * @param values values for the template
	 * @param form kind of the payload
	 * @param payload bytes of the payload
	 */
	record Identity(String destination, @Nullable String id, Map<String, String> values, String form,
			ByteBuffer payload) {

		/** Return a description without values, which may be secrets. */
		@Override
		public String toString() {
			return "Identity";
		}

	}

}
