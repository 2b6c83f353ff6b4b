package io.github.resilientws.internal.request;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * A message that answers a request.
 *
 * @param message the message
 * @param refused whether it is a refusal
 * @param payloadLocator finds the content, or {@code null} for the whole message
 */
public record Reply(ParsedMessage message, boolean refused, @Nullable Locator payloadLocator) {

	// its parts are read later, by other threads
	public Reply {
		message.retain();
	}

	/**
	 * Return the whole message.
	 * @return the message
	 */
	public InboundMessage whole() {
		return InboundMessage.text(this.message.text());
	}

	/**
	 * Return the content as JSON.
	 * @return the JSON, or {@code null} if there is none
	 */
	public @Nullable String payload() {
		return (this.payloadLocator != null) ? this.message.findContent(this.payloadLocator) : this.message.text();
	}

}
