package io.github.resilientws.transport.netty;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes text messages from UTF-8 and refuses malformed input.
 */
final class TextDecoder {

	private static final char REPLACEMENT = '\uFFFD';

	private TextDecoder() {
	}

	static String decode(byte[] bytes, int offset, int length) throws CharacterCodingException {
		String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
		if (text.indexOf(REPLACEMENT) >= 0) {
			// sent by the peer, or the replacement of a malformed sequence: only a strict
			// decoder, which is far slower, can distinguish them
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
		}
		return text;
	}

}
