package io.github.resilientws.protocol;

/**
 * A place in a JSON text, which moves over its tokens. Not thread-safe.
 */
final class JsonCursor {

	private static final int MAX_NUMBER_LENGTH = 1000;

	private String text = "";

	private int position;

	void reset(String text) {
		this.text = text;
		this.position = 0;
	}

	String text() {
		return this.text;
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
	char next() {
		while (true) {
			char c = current();
			if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
				return c;
			}
			this.position++;
		}
	}

	private char current() {
		require(this.position < this.text.length());
		return this.text.charAt(this.position);
	}

	/**
	 * Move behind a string, number or literal.
	 * @param first its first character, which is the present one
	 * @throws MalformedJsonException if it is not a value
	 */
	void skipScalar(char first) {
		switch (first) {
			case '"' -> skipString();
			case 't' -> skipLiteral("true");
			case 'f' -> skipLiteral("false");
			case 'n' -> skipLiteral("null");
			default -> skipNumber();
		}
	}

	private void skipLiteral(String literal) {
		require(this.text.startsWith(literal, this.position));
		this.position += literal.length();
	}

	/**
	 * Move behind a string.
	 * @return whether it has escapes
	 * @throws MalformedJsonException if it is not a string
	 */
	boolean skipString() {
		String text = this.text;
		boolean escaped = false;
		int i = this.position + 1;
		while (i < text.length()) {
			char c = text.charAt(i);
			if (c == '"') {
				this.position = i + 1;
				return escaped;
			}
			require(c >= ' ');
			if (c == '\\') {
				escaped = true;
				i += JsonString.escapeLength(text, i);
			}
			else {
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
		return this.position < this.text.length() && this.text.charAt(this.position) >= '0'
				&& this.text.charAt(this.position) <= '9';
	}

	private boolean is(char c) {
		return this.position < this.text.length() && this.text.charAt(this.position) == c;
	}

	static void require(boolean condition) {
		if (!condition) {
			throw MalformedJsonException.INSTANCE;
		}
	}

}
