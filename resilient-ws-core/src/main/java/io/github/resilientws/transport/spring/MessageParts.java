package io.github.resilientws.transport.spring;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Joins the parts in which a container delivers a message, so that the container needs no
 * buffer of the largest size. Confined to the container's thread of one connection.
 */
final class MessageParts {

	private final int maxBytes;

	private StringBuilder text = new StringBuilder(0);

	private ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

	private long size;

	MessageParts(int maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Return the size of the parts since the last message.
	 * @return bytes, of text its UTF-8 bytes
	 */
	int size() {
		return (int) this.size;
	}

	/**
	 * Add a part of a text message.
	 * @param part whole characters
	 * @return {@code false} if the message is too large now
	 */
	boolean add(String part) {
		if (!grow(utf8Length(part))) {
			return false;
		}
		this.text.append(part);
		return true;
	}

	/**
	 * Add a part of a binary message.
	 * @param part the bytes
	 * @return {@code false} if the message is too large now
	 */
	boolean add(ByteBuffer part) {
		if (!grow(part.remaining())) {
			return false;
		}
		byte[] copy = new byte[part.remaining()];
		part.get(copy);
		this.bytes.writeBytes(copy);
		return true;
	}

	String takeText() {
		String message = this.text.toString();
		this.text = new StringBuilder(0);
		this.size = 0;
		return message;
	}

	ByteBuffer takeBytes() {
		byte[] message = this.bytes.toByteArray();
		this.bytes = new ByteArrayOutputStream(0);
		this.size = 0;
		return ByteBuffer.wrap(message);
	}

	private boolean grow(int length) {
		this.size += length;
		return this.size <= this.maxBytes;
	}

	private static int utf8Length(String text) {
		int length = text.length();
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character >= 0x80) {
				// a surrogate is half of four bytes
				length += (character < 0x800 || Character.isSurrogate(character)) ? 1 : 2;
			}
		}
		return length;
	}

}
