package io.github.resilientws.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Reads one message after the other without an object for each. Not thread-safe.
 *
 * @since 0.1
 */
public final class MessageReader {

	private @Nullable ParsedMessage last;

	/**
	 * Prepare a text message for matchers and locators, as
	 * {@link MessageRules#read(String)} does.
	 * @param rules the rules
	 * @param text text of the message
	 * @return the message, valid until the next call unless it is
	 * {@linkplain ParsedMessage#retain() retained}
	 */
	public ParsedMessage read(MessageRules rules, String text) {
		ParsedMessage message = this.last;
		if (message == null || !message.reuse(rules, text)) {
			message = rules.read(text);
			this.last = message;
		}
		return message;
	}

	/**
	 * Do not hold the message that was read last any longer, if it is not retained.
	 */
	public void clear() {
		ParsedMessage message = this.last;
		if (message != null && !message.clear()) {
			this.last = null;
		}
	}

}
