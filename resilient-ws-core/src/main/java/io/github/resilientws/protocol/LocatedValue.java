package io.github.resilientws.protocol;

/**
 * What a pointer found in a frame.
 */
sealed interface Located {

	/** Something whose text nobody asks for; like an object, it equals no text. */
	Located PRESENT = new Span("", 0, 0);

	/** A JSON null. */
	Located NULL = new Literal("null");

	/** A JSON true. */
	Located TRUE = new Literal("true");

	/** A JSON false. */
	Located FALSE = new Literal("false");

	/**
	 * Return the value as text: strings without quotes, all else as in the frame.
	 * @return the text
	 */
	String text();

	/**
	 * Return the value as JSON.
	 * @return the JSON
	 */
	String json();

	/**
	 * Return whether this is a scalar with the given text.
	 * @param other the text
	 * @return whether it is
	 */
	boolean isScalar(String other);

	/**
	 * A JSON string.
	 *
	 * @param text its unescaped content
	 */
	record Text(String text) implements Located {

		@Override
		public String json() {
			return JsonText.quote(this.text);
		}

		@Override
		public boolean isScalar(String other) {
			return this.text.equals(other);
		}

	}

	/**
	 * A number, boolean or null.
	 *
	 * @param text its JSON text
	 */
	record Literal(String text) implements Located {

		@Override
		public String json() {
			return this.text;
		}

		@Override
		public boolean isScalar(String other) {
			return this.text.equals(other);
		}

	}

	/**
	 * An object or array, cut out of the frame only when somebody asks.
	 *
	 * @param frame text of the frame
	 * @param start where it starts
	 * @param end where it ends, exclusive
	 */
	record Span(String frame, int start, int end) implements Located {

		@Override
		public String text() {
			return this.frame.substring(this.start, this.end);
		}

		@Override
		public String json() {
			return text();
		}

		@Override
		public boolean isScalar(String other) {
			return false;
		}

	}

}
