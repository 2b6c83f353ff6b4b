package io.github.resilientws.test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.resilientws.test.internal.Deflate;

/**
 * Makes WebSocket frames (RFC 6455, section 5.2) as a server sends them, and broken ones
 * for {@link Peer#sendRaw(byte[])}.
 */
public final class Frames {

	static final int CONTINUATION = 0;

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	static final int DEFLATED = 4;

	private Frames() {
	}

	/**
	 * Make a text frame.
	 * @param text the text
	 * @return the frame
	 */
	public static byte[] text(String text) {
		return frame(true, 0, TEXT, utf8(text));
	}

	/**
	 * Make a compressed text frame (RFC 7692); broken unless the server chose the
	 * extension {@code permessage-deflate} and the client had offered it.
	 * @param text the text
	 * @return the frame
	 */
	public static byte[] deflated(String text) {
		return frame(true, DEFLATED, TEXT, Deflate.deflate(utf8(text)));
	}

	/**
	 * Make a binary frame.
	 * @param payload the payload
	 * @return the frame
	 */
	public static byte[] binary(byte[] payload) {
		return frame(true, 0, BINARY, payload);
	}

	/**
	 * Make a ping.
	 * @param payload the payload
	 * @return the frame; broken if the payload is longer than 125 bytes
	 */
	public static byte[] ping(byte[] payload) {
		return frame(true, 0, PING, payload);
	}

	/**
	 * Make a pong.
	 * @param payload the payload
	 * @return the frame; broken if the payload is longer than 125 bytes
	 */
	public static byte[] pong(byte[] payload) {
		return frame(true, 0, PONG, payload);
	}

	/**
	 * Make a close frame.
	 * @param code close code; broken if it must not be sent, as 1005 or 999
	 * @param reason reason
	 * @return the frame
	 */
	public static byte[] close(int code, String reason) {
		byte[] text = utf8(reason);
		ByteBuffer payload = ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text);
		return frame(true, 0, CLOSE, payload.array());
	}

	/**
	 * Make a close frame without a code.
	 * @return the frame
	 */
	public static byte[] emptyClose() {
		return frame(true, 0, CLOSE, new byte[0]);
	}

	/**
	 * Make any frame.
	 * @param fin whether the message ends with it
	 * @param rsv the three reserved bits, 0 to 7; anything but 0 is broken
	 * @param opcode opcode, 0 to 15; 3 to 7 and 11 to 15 are broken
	 * @param payload the payload
	 * @return the frame
	 */
	public static byte[] frame(boolean fin, int rsv, int opcode, byte[] payload) {
		return concat(header(fin, rsv, opcode, payload.length), payload);
	}

	/**
	 * Make a text message of several frames.
	 * @param parts the texts of the frames
	 * @return the frames, one after another
	 */
	public static byte[] fragmented(String... parts) {
		byte[][] frames = new byte[parts.length][];
		for (int i = 0; i < parts.length; i++) {
			frames[i] = frame(i == parts.length - 1, 0, (i == 0) ? TEXT : CONTINUATION, utf8(parts[i]));
		}
		return concat(frames);
	}

	/**
	 * Make a broken frame: a text that is masked, though a server sent it.
	 * @param text the text
	 * @return the frame
	 */
	public static byte[] masked(String text) {
		byte[] frame = text(text);
		byte[] payload = utf8(text);
		byte[] header = new byte[frame.length - payload.length];
		System.arraycopy(frame, 0, header, 0, header.length);
		header[1] |= (byte) 0x80;
		byte[] key = { 1, 2, 3, 4 };
		for (int i = 0; i < payload.length; i++) {
			payload[i] ^= key[i & 3];
		}
		return concat(header, key, payload);
	}

	/**
	 * Make a broken frame: its length announces more than follows.
	 * @param announced length to announce
	 * @param text what follows
	 * @return the frame
	 */
	public static byte[] lyingLength(long announced, String text) {
		return concat(header(true, 0, TEXT, announced), utf8(text));
	}

	/**
	 * Make a broken frame: a text that is not UTF-8.
	 * @return the frame
	 */
	public static byte[] badUtf8() {
		return frame(true, 0, TEXT, new byte[] { 'a', (byte) 0xC3, (byte) 0x28 });
	}

	/**
	 * Put bytes one after another, to send them in one write.
	 * @param parts the parts
	 * @return the whole
	 */
	public static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			whole.writeBytes(part);
		}
		return whole.toByteArray();
	}

	static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] header(boolean fin, int rsv, int opcode, long length) {
		ByteBuffer header = ByteBuffer.allocate(10);
		header.put((byte) (((fin) ? 0x80 : 0) | rsv << 4 | opcode));
		if (length >= 0 && length < 126) {
			header.put((byte) length);
		}
		else if (length >= 0 && length < 65536) {
			header.put((byte) 126).putShort((short) length);
		}
		else {
			header.put((byte) 127).putLong(length);
		}
		byte[] bytes = new byte[header.position()];
		header.flip().get(bytes);
		return bytes;
	}

}
