package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;

/**
 * A part of a template.
 */
sealed interface TemplatePart {

	/**
	 * Text that is written as it is.
	 *
	 * @param utf8 the text
	 */
	record Literal(byte[] utf8) implements TemplatePart {

		static Literal of(String text) {
			return new Literal(text.getBytes(StandardCharsets.UTF_8));
		}

	}

	/**
	 * A placeholder for a value.
	 *
	 * @param name name of the value
	 * @param form how the value is written
	 */
	record Placeholder(String name, Form form) implements TemplatePart {

		byte[] utf8(Object value) {
			return switch (this.form) {
				case RAW -> value.toString().getBytes(StandardCharsets.UTF_8);
				case IN_STRING -> JsonText.utf8(value.toString(), false);
				case VALUE -> (value instanceof Number || value instanceof Boolean || value instanceof JsonValue)
						? value.toString().getBytes(StandardCharsets.UTF_8) : JsonText.utf8(value.toString(), true);
			};
		}

	}

	/**
	 * Forms in which a value is written.
	 */
	enum Form {

		/** As a JSON value. */
		VALUE,

		/** As part of a JSON string, escaped. */
		IN_STRING,

		/** As it is, without quotes and escapes. */
		RAW

	}

}
