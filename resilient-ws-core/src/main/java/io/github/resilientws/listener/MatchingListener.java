package io.github.resilientws.listener;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * A listener with matchers and locators, which the client reads together with its own
 * rules. For the client, which calls it.
 *
 * @since 0.1
 * @see io.github.resilientws.protocol.MessageRulesProvider
 */
public interface MatchingListener extends WebSocketMessageListener {

	/**
	 * Handle a message, in place of {@link #onMessage(InboundMessage)}.
	 * @param message the message
	 * @param parsed the message as the rules of the client read it, valid during this
	 * call; {@code null} for a binary message
	 */
	void onMessage(InboundMessage message, @Nullable ParsedMessage parsed);

}
