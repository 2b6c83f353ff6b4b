package io.github.resilientws.protocol;

/**
 * A text that a template refuses if it has an unpaired surrogate, which would otherwise
 * be escaped or replaced.
 *
 * @param text the text
 * @since 0.1
 */
public record WellFormedText(String text) {

	/** Return the text. */
	@Override
	public String toString() {
		return this.text;
	}

}
