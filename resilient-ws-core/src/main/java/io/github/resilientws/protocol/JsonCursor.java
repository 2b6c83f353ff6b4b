package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A place in a JSON text in UTF-8, which moves over its tokens. All characters that
 * matter are ASCII, and the bytes of others are negative. Not thread-safe.
 */
final class JsonCursor {

	private static final int MAX_NUMBER_LENGTH = 1000;

	private static final byte[] TRUE = ascii("true");

	private static final byte[] FALSE = ascii("false");

	private static final byte[] NULL = ascii("null");

	private static final byte[] NOTHING = {};

	private byte[] utf8 = NOTHING;

	private int position;

	private int end;

	private static byte[] ascii(String literal) {
		return literal.getBytes(StandardCharsets.US_ASCII);
	}

	void reset(byte[] utf8, int start, int end) {
		this.utf8 = utf8;
		this.position = start;
		this.end = end;
	}

	/** Do not hold the text any longer. */
	void clear() {
		reset(NOTHING, 0, 0);
	}

	byte[] utf8() {
		return this.utf8;
	}

	int position() {
		return this.position;
	}

	void advance() {
		this.position++;
	}

	/**
	 * Move to the next character that is not white space.
	 * @return the character
	 * @throws MalformedJsonException at the end of the text
	 */
	byte next() {
		while (true) {
			byte c = current();
			if (c > ' ' || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) {
				return c;
			}
			this.position++;
		}
	}

	private byte current() {
		require(this.position < this.end);
		return this.utf8[this.position];
	}

	/**
	 * Move behind a string, number or literal.
	 * @param first its first character, which is the present one
	 * @throws MalformedJsonException if it is not a value
	 */
	void skipScalar(byte first) {
		switch (first) {
			case '"' -> skipString();
			case 't' -> skipLiteral(TRUE);
			case 'f' -> skipLiteral(FALSE);
			case 'n' -> skipLiteral(NULL);
			default -> skipNumber();
		}
	}

	private void skipLiteral(byte[] literal) {
		int behind = this.position + literal.length;
		require(behind <= this.end && Arrays.equals(this.utf8, this.position, behind, literal, 0, literal.length));
		this.position = behind;
	}

	/**
	 * Move behind a string.
	 * @return whether it has escapes
	 * @throws MalformedJsonException if it is not a string
	 */
	boolean skipString() {
		byte[] utf8 = this.utf8;
		int end = this.end;
		boolean escaped = false;
		int i = this.position + 1;
		while (i < end) {
			byte c = utf8[i];
			// most characters
			if (c > '"' && c != '\\') {
				i++;
			}
			else if (c == '"') {
				this.position = i + 1;
				return escaped;
			}
			else if (c == '\\') {
				escaped = true;
				i += JsonString.escapeLength(utf8, i, end);
			}
			else {
				require(c >= ' ' || c < 0);
				i++;
			}
		}
		throw MalformedJsonException.INSTANCE;
	}

	private void skipNumber() {
		int start = this.position;
		if (current() == '-') {
			this.position++;
		}
		if (current() == '0') {
			this.position++;
		}
		else {
			skipDigits();
		}
		if (is('.')) {
			this.position++;
			skipDigits();
		}
		if (is('e') || is('E')) {
			this.position++;
			if (is('+') || is('-')) {
				this.position++;
			}
			skipDigits();
		}
		require(this.position - start <= MAX_NUMBER_LENGTH);
	}

	private void skipDigits() {
		require(isDigit());
		while (isDigit()) {
			this.position++;
		}
	}

	private boolean isDigit() {
		return this.position < this.end && this.utf8[this.position] >= '0' && this.utf8[this.position] <= '9';
	}

	private boolean is(char c) {
		return this.position < this.end && this.utf8[this.position] == c;
	}

	static void require(boolean condition) {
		if (!condition) {
			throw MalformedJsonException.INSTANCE;
		}
	}

}
