package io.github.resilientws.listener;

import java.nio.ByteBuffer;

import io.github.resilientws.InboundMessage;

/**
 * Kinds of payload that a listener method may take.
 */
enum PayloadKind {

	/** No payload parameter. */
	NONE,

	/** The text. */
	TEXT,

	/** The bytes; for a text message its UTF-8 bytes. */
	BYTES,

	/** The bytes as a read-only buffer. */
	BUFFER,

	/** The whole message. */
	MESSAGE,

	/** An object that a converter creates from the text. */
	CONVERTED;

	static PayloadKind of(Class<?> type) {
		if (type == String.class) {
			return TEXT;
		}
		if (type == byte[].class) {
			return BYTES;
		}
		if (type == ByteBuffer.class) {
			return BUFFER;
		}
		return (type == InboundMessage.class) ? MESSAGE : CONVERTED;
	}

	boolean takesBinary() {
		return this != TEXT && this != CONVERTED;
	}

}
