package io.github.resilientws.protocol;

/**
 * A piece of a template.
 */
sealed interface TemplatePart {

	/**
	 * Text that goes out as it is.
	 *
	 * @param text the text
	 */
	record Literal(String text) implements TemplatePart {

	}

	/**
	 * A place for a value.
	 *
	 * @param name name of the value
	 * @param form how the value is written
	 */
	record Placeholder(String name, Form form) implements TemplatePart {

		void write(Object value, StringBuilder target) {
			switch (this.form) {
				case RAW -> target.append(value);
				case IN_STRING -> JsonText.escape(value.toString(), target);
				case VALUE -> {
					if (value instanceof Number || value instanceof Boolean || value instanceof JsonValue) {
						target.append(value);
					}
					else {
						target.append('"');
						JsonText.escape(value.toString(), target);
						target.append('"');
					}
				}
			}
		}

	}

	/**
	 * How a value is written.
	 */
	enum Form {

		/** As a JSON value. */
		VALUE,

		/** As a part of a JSON string. */
		IN_STRING,

		/** As it is. */
		RAW

	}

}
