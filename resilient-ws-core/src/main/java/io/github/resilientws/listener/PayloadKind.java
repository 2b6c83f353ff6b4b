package io.github.resilientws.listener;

import java.nio.ByteBuffer;

import io.github.resilientws.InboundMessage;

/**
 * What a listener method takes as payload.
 */
enum PayloadKind {

	/** No payload parameter. */
	NONE,

	/** The text. */
	TEXT,

	/** The bytes; of text, its UTF-8 bytes. */
	BYTES,

	/** The bytes as a read-only buffer. */
	BUFFER,

	/** The whole message. */
	MESSAGE,

	/** Whatever a converter makes of the text. */
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
