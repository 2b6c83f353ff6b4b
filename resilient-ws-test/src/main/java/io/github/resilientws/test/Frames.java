package io.github.resilientws.test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.resilientws.test.internal.Deflate;

/**
 * Creates WebSocket frames (RFC 6455, section 5.2) as a server sends them, and invalid
 * ones for {@link Peer#sendRaw(byte[])}.
 *
 * <pre>{@code
 * server.last().sendRaw(Frames.masked("masked, although a server sent it"));
 * }</pre>
 *
 * @since 0.1
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
	 * Create a text frame.
	 * @param text the text
	 * @return the frame
	 */
	public static byte[] text(String text) {
		return frame(true, 0, TEXT, utf8(text));
	}

	/**
	 * Create a compressed text frame (RFC 7692). It is invalid unless the client offered
	 * the extension {@code permessage-deflate} and the server chose it.
	 * @param text the text
	 * @return the frame
	 */
	public static byte[] deflated(String text) {
		return frame(true, DEFLATED, TEXT, Deflate.deflate(utf8(text)));
	}

	/**
	 * Create a binary frame.
	 * @param payload the payload
	 * @return the frame
	 */
	public static byte[] binary(byte[] payload) {
		return frame(true, 0, BINARY, payload);
	}

	/**
	 * Create a ping.
	 * @param payload the payload
	 * @return the frame; invalid if the payload is longer than 125 bytes
	 */
	public static byte[] ping(byte[] payload) {
		return frame(true, 0, PING, payload);
	}

	/**
	 * Create a pong.
	 * @param payload the payload
	 * @return the frame; invalid if the payload is longer than 125 bytes
	 */
	public static byte[] pong(byte[] payload) {
		return frame(true, 0, PONG, payload);
	}

	/**
	 * Create a close frame.
	 * @param code close code; the frame is invalid if the code must not be sent, such as
	 * 1005 or 999
	 * @param reason reason
	 * @return the frame
	 */
	public static byte[] close(int code, String reason) {
		byte[] text = utf8(reason);
		ByteBuffer payload = ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text);
		return frame(true, 0, CLOSE, payload.array());
	}

	/**
	 * Create a close frame without a code.
	 * @return the frame
	 */
	public static byte[] emptyClose() {
		return frame(true, 0, CLOSE, new byte[0]);
	}

	/**
	 * Create any frame.
	 * @param fin whether the message ends with it
	 * @param rsv the three reserved bits, 0 to 7; every value but 0 is invalid
	 * @param opcode opcode, 0 to 15; 3 to 7 and 11 to 15 are invalid
	 * @param payload the payload
	 * @return the frame
	 */
	public static byte[] frame(boolean fin, int rsv, int opcode, byte[] payload) {
		return concat(header(fin, rsv, opcode, payload.length), payload);
	}

	/**
	 * Create a text message of several frames.
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
	 * Create an invalid frame: a text that is masked although a server sent it.
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
	 * Create an invalid frame: its length announces more bytes than follow.
	 * @param announced length to announce
	 * @param text text that follows
	 * @return the frame
	 */
	public static byte[] lyingLength(long announced, String text) {
		return concat(header(true, 0, TEXT, announced), utf8(text));
	}

	/**
	 * Create an invalid frame: a text that is not UTF-8.
	 * @return the frame
	 */
	public static byte[] badUtf8() {
		return frame(true, 0, TEXT, new byte[] { 'a', (byte) 0xC3, (byte) 0x28 });
	}

	/**
	 * Concatenate bytes, to send them in one write.
	 * @param parts the parts
	 * @return all bytes
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
