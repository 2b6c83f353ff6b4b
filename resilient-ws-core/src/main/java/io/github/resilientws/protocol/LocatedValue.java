package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value that a pointer found in a message.
 */
sealed interface LocatedValue {

	/** A JSON null. */
	LocatedValue NULL = new Literal("null");

	/**
	 * Return the value as text: a string without quotes, any other value as in the
	 * message.
	 * @return the text
	 */
	String text();

	/**
	 * Return the value as JSON.
	 * @return the JSON
	 */
	String json();

	/**
	 * Return the value without the rest of its message.
	 * @return the same value
	 */
	default LocatedValue detached() {
		return this;
	}

	/**
	 * A JSON string.
	 *
	 * @param text its unescaped content
	 */
	record Text(String text) implements LocatedValue {

		@Override
		public String json() {
			return JsonText.quote(this.text);
		}

	}

	/**
	 * A number, boolean or null.
	 *
	 * @param text its JSON text
	 */
	record Literal(String text) implements LocatedValue {

		@Override
		public String json() {
			return this.text;
		}

	}

	/**
	 * An object or array, cut out of the message only when its text is needed.
	 *
	 * @param utf8 array of the message
	 * @param start where it starts
	 * @param end where it ends, exclusive
	 */
	record Span(byte[] utf8, int start, int end) implements LocatedValue {

		@Override
		public String text() {
			return new String(this.utf8, this.start, this.end - this.start, StandardCharsets.UTF_8);
		}

		@Override
		public String json() {
			return text();
		}

		@Override
		public LocatedValue detached() {
			return new Span(Arrays.copyOfRange(this.utf8, this.start, this.end), 0, this.end - this.start);
		}

	}

}
