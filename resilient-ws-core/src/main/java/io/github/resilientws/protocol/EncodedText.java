package io.github.resilientws.protocol;

/**
 * A value of a template with its encoding, so that the template does not encode it again.
 *
 * @param text the text
 * @param utf8 the same text in UTF-8
 * @since 0.1
 */
public record EncodedText(String text, byte[] utf8) {

	/** Return the text. */
	@Override
	public String toString() {
		return this.text;
	}

}
