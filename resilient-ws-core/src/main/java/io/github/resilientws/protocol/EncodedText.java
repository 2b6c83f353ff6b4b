package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;

/**
 * A text with its encoding, so that it is not encoded again.
 *
 * @param text the text
 * @param utf8 the same text in UTF-8; or an empty array if a template is to encode it, or
 * to refuse it if it has an unpaired surrogate
 * @since 0.1
 */
public record EncodedText(String text, byte[] utf8) {

	static EncodedText of(String text) {
		return new EncodedText(text, text.getBytes(StandardCharsets.UTF_8));
	}

	/** Return the text. */
	@Override
	public String toString() {
		return this.text;
	}

}
