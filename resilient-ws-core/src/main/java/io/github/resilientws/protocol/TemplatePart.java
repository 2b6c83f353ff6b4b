package io.github.resilientws.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.InvalidSettingException;

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
	 * @param name name of the value, or a JSON pointer
	 * @param form how the value is written
	 * @param fallback text of the template that is written without a value, or
	 * {@code null}
	 */
	record Placeholder(String name, Form form, byte @Nullable [] fallback) implements TemplatePart {

		private static final byte[] NOTHING = {};

		private static final byte[] NULL = bytes("null");

		boolean isPointer() {
			return this.name.startsWith("/");
		}

		boolean isRequired() {
			return this.fallback == null && !isPointer();
		}

		Placeholder inUrl(String key) {
			return switch (this.form) {
				case VALUE, IN_STRING -> new Placeholder(this.name, Form.PERCENT_ENCODED, this.fallback);
				case RAW, PERCENT_ENCODED -> this;
				case MEMBERS,
						BASE64 ->
					throw new InvalidSettingException(key,
							"{{" + this.name + ":" + this.form.name().toLowerCase(Locale.ROOT) + "}}",
							"this form has no meaning in a URL; allowed are {{name}} and {{name:raw}}");
			};
		}

		/**
		 * Return what is written if there is no value.
		 * @return the text, or {@code null} if it cannot be written without a value
		 */
		byte @Nullable [] absent() {
			if (this.fallback != null || !(isPointer() || this.name.equals(Template.PAYLOAD))) {
				return this.fallback;
			}
			return (this.form == Form.MEMBERS || this.form == Form.BASE64) ? NOTHING : NULL;
		}

		/**
		 * Write a value.
		 * @param value the value
		 * @param text where to append
		 * @return {@code false} if the value cannot be written in this form
		 */
		boolean write(Object value, Utf8Builder text) {
			if (this.form == Form.IN_STRING && !(value instanceof ByteBuffer)) {
				return JsonText.append(value, text);
			}
			if (this.form == Form.VALUE && !(value instanceof ByteBuffer)) {
				return writeJson(value, text);
			}
			byte[] written = utf8(value);
			if (written != null) {
				text.append(written);
			}
			return written != null;
		}

		private static boolean writeJson(Object value, Utf8Builder text) {
			// classes first: a test for an interface is slow if it fails
			if (value instanceof String || value instanceof WellFormedText || value instanceof UUID) {
				return writeString(value, text);
			}
			if (value instanceof Number || value instanceof Boolean || value instanceof JsonValue) {
				text.append(bytes(value.toString()));
				return true;
			}
			if (value instanceof LocatedValue located) {
				text.append(bytes(located.json()));
				return true;
			}
			return writeString(value, text);
		}

		private static boolean writeString(Object value, Utf8Builder text) {
			text.append('"');
			boolean written = JsonText.append(value, text);
			text.append('"');
			return written;
		}

		private byte @Nullable [] utf8(Object value) {
			if (value instanceof ByteBuffer bytes) {
				return (this.form == Form.BASE64) ? base64(bytes.duplicate()) : null;
			}
			byte[] text = (value instanceof WellFormedText strict) ? Utf8.encode(strict.text())
					: bytes(TemplateValues.textOf(value));
			if (text == null) {
				return null;
			}
			return switch (this.form) {
				case RAW, IN_STRING, VALUE -> text;
				case MEMBERS -> members((value instanceof LocatedValue located) ? located.json() : value.toString());
				case PERCENT_ENCODED -> percentEncoded(text);
				case BASE64 -> base64(ByteBuffer.wrap(text));
			};
		}

		private static byte @Nullable [] members(String json) {
			String object = json.strip();
			if (object.equals("null")) {
				return NOTHING;
			}
			if (object.length() < 2 || object.charAt(0) != '{' || object.charAt(object.length() - 1) != '}') {
				return null;
			}
			String members = object.substring(1, object.length() - 1).strip();
			return members.isEmpty() ? NOTHING : bytes("," + members);
		}

		private static byte[] base64(ByteBuffer bytes) {
			return Base64.getEncoder().encode(bytes).array();
		}

		private static byte[] percentEncoded(byte[] utf8) {
			StringBuilder text = new StringBuilder();
			for (byte b : utf8) {
				if (b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || "-._~".indexOf(b) >= 0) {
					text.append((char) b);
				}
				else {
					text.append(String.format("%%%02X", b & 0xFF));
				}
			}
			return bytes(text.toString());
		}

		private static byte[] bytes(String text) {
			return text.getBytes(StandardCharsets.UTF_8);
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
		RAW,

		/** The members of a JSON object, each after a comma. */
		MEMBERS,

		/** In Base64, without quotes. */
		BASE64,

		/** As part of a URL. */
		PERCENT_ENCODED

	}

}
