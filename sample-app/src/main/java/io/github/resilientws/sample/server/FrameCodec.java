package io.github.resilientws.sample.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Reads and writes frames of RFC 6455 on the server's side. Used by one reading and one
 * writing thread.
 */
final class FrameCodec {

	private static final int MAX_MESSAGE = 1024 * 1024;

	private final DataInputStream in;

	private final OutputStream out;

	private final ByteArrayOutputStream message = new ByteArrayOutputStream();

	private int messageOpcode;

	FrameCodec(InputStream in, OutputStream out) {
		this.in = new DataInputStream(new BufferedInputStream(in));
		this.out = out;
	}

	/**
	 * Read up to the blank line that ends the head of an HTTP request.
	 * @return request line and headers
	 * @throws IOException if the connection ends or the head is too large
	 */
	String readHead() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) this.in.readUnsignedByte());
			if (head.length() > 16 * 1024) {
				throw new IOException("request head too large");
			}
		}
		return head.toString();
	}

	Frame read() throws IOException {
		while (true) {
			int first = this.in.readUnsignedByte();
			int opcode = first & 0x0f;
			byte[] payload = readPayload();
			if (opcode >= Frame.CLOSE) {
				return new Frame(opcode, payload);
			}
			if (opcode != 0) {
				this.messageOpcode = opcode;
			}
			this.message.writeBytes(payload);
			if ((first & 0x80) != 0) {
				Frame frame = new Frame(this.messageOpcode, this.message.toByteArray());
				this.message.reset();
				return frame;
			}
		}
	}

	private byte[] readPayload() throws IOException {
		int second = this.in.readUnsignedByte();
		long length = second & 0x7f;
		if (length == 126) {
			length = this.in.readUnsignedShort();
		}
		else if (length == 127) {
			length = this.in.readLong();
		}
		if ((second & 0x80) == 0 || length < 0 || length + this.message.size() > MAX_MESSAGE) {
			throw new IOException("bad frame");
		}
		byte[] mask = this.in.readNBytes(4);
		byte[] payload = new byte[(int) length];
		this.in.readFully(payload);
		for (int i = 0; i < payload.length; i++) {
			payload[i] ^= mask[i & 3];
		}
		return payload;
	}

	void write(Frame frame) throws IOException {
		int length = frame.payload().length;
		ByteBuffer bytes = ByteBuffer.allocate(10 + length).put((byte) (0x80 | frame.opcode()));
		if (length < 126) {
			bytes.put((byte) length);
		}
		else if (length <= 0xffff) {
			bytes.put((byte) 126).putShort((short) length);
		}
		else {
			bytes.put((byte) 127).putLong(length);
		}
		bytes.put(frame.payload());
		this.out.write(bytes.array(), 0, bytes.position());
	}

}
