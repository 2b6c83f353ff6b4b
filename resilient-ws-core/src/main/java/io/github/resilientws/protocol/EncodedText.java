package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;

/**
 * A text with its encoding, so that it is not encoded again.
 *
 * @param text the text
 * @param utf8 the same text in UTF-8
 */
record EncodedText(String text, byte[] utf8) {

	static EncodedText of(String text) {
		return new EncodedText(text, text.getBytes(StandardCharsets.UTF_8));
	}

	/** Return the text. */
	@Override
	public String toString() {
		return this.text;
	}

}
