package io.github.resilientws.protocol;

import java.util.Arrays;
import java.util.UUID;

/**
 * Builds a text in UTF-8. Not thread-safe.
 */
final class Utf8Builder {

	private byte[] bytes;

	private int length;

	/**
	 * Create an empty text.
	 * @param size size of the text that is most likely
	 */
	Utf8Builder(int size) {
		this.bytes = new byte[size];
	}

	void append(char ascii) {
		ensureRoom(1);
		this.bytes[this.length++] = (byte) ascii;
	}

	void append(byte[] utf8) {
		ensureRoom(utf8.length);
		System.arraycopy(utf8, 0, this.bytes, this.length, utf8.length);
		this.length += utf8.length;
	}

	/**
	 * Append a text if all its characters are printable ASCII that needs no escape in a
	 * JSON string.
	 * @param text the text
	 * @return {@code false} if nothing was appended
	 */
	@SuppressWarnings("deprecation")
	boolean appendPlain(String text) {
		int size = text.length();
		if (!Utf8.isAscii(text)) {
			return false;
		}
		ensureRoom(size);
		// copies the lower byte of each character, which is all of it
		text.getBytes(0, size, this.bytes, this.length);
		if (!Utf8.isPlain(this.bytes, this.length, size)) {
			return false;
		}
		this.length += size;
		return true;
	}

	void append(UUID uuid) {
		ensureRoom(UuidText.LENGTH);
		UuidText.write(uuid, this.bytes, this.length);
		this.length += UuidText.LENGTH;
	}

	private void ensureRoom(int size) {
		int needed = Math.addExact(this.length, size);
		if (needed > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, this.bytes.length + this.bytes.length / 2));
		}
	}

	/**
	 * Return the text. Nothing is appended afterwards.
	 * @return the text
	 */
	byte[] toUtf8() {
		return (this.length == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.length);
	}

}
