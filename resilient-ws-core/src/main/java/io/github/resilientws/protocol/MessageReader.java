package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Reads one message after the other without an object for each. Not thread-safe.
 *
 * @since 0.1
 */
public final class MessageReader {

	// sent by the peer, or the replacement of a malformed sequence
	private static final char REPLACEMENT = '\uFFFD';

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
		ParsedMessage message = next(rules);
		message.set(text);
		return message;
	}

	/**
	 * Prepare a text message that is not decoded yet. If it is ASCII, it is decoded only
	 * when its whole text is needed.
	 * @param rules the rules
	 * @param utf8 array of the message, which must not change while the message is valid
	 * @param offset offset of the message
	 * @param length length of the message
	 * @return the message, valid until the next call unless it is
	 * {@linkplain ParsedMessage#retain() retained}; {@code null} if it may be malformed,
	 * so that a strict decoder has to decide
	 */
	public @Nullable ParsedMessage read(MessageRules rules, byte[] utf8, int offset, int length) {
		String text = null;
		if (!Utf8.isAscii(utf8, offset, length)) {
			text = new String(utf8, offset, length, StandardCharsets.UTF_8);
			if (text.indexOf(REPLACEMENT) >= 0) {
				return null;
			}
		}
		ParsedMessage message = next(rules);
		message.set(utf8, offset, length, text);
		return message;
	}

	private ParsedMessage next(MessageRules rules) {
		ParsedMessage message = this.last;
		if (message == null || !message.isReusable(rules)) {
			message = new ParsedMessage(rules);
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
