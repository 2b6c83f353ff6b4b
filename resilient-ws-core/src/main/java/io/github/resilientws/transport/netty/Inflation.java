package io.github.resilientws.transport.netty;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * Inflates the messages of one connection (RFC 7692, section 7.2.2). Memory outside the
 * heap is held during a compressed message. It is held between messages, with up to 32 KB
 * of the heap, only if the server insists on context takeover.
 */
final class Inflation {

	// deflate itself ends near 1:1030, text is around 1:10
	private static final int MAX_RATIO = 200;

	// messages up to this size may have any ratio
	private static final int FREE_OF_RATIO = 1024 * 1024;

	// each costs a copy of the window, and a message needs very few
	private static final int MAX_FINAL_BLOCKS = 1024;

	private static final byte[] TAIL = { 0, 0, (byte) 0xFF, (byte) 0xFF };

	private final int maxMessageSize;

	private final boolean contextTakeover;

	// earlier messages, if the server refers to them: the inflater discards them at a
	// final block, and it cannot return them before
	private final InflatedWindow window = new InflatedWindow();

	private @Nullable Inflater inflater;

	private long compressed;

	private int finalBlocks;

	Inflation(int maxMessageSize, boolean contextTakeover) {
		this.maxMessageSize = maxMessageSize;
		this.contextTakeover = contextTakeover;
	}

	/**
	 * Return the largest size of a message after compression.
	 * @param size size of the message
	 * @return size in the worst case: stored blocks with 5 bytes each
	 */
	static int maxCompressed(int size) {
		return (int) Math.min(Integer.MAX_VALUE, 64L + size + (size >> 8));
	}

	/**
	 * Inflate the payload of a frame.
	 * @param payload the payload
	 * @param last whether the message ends with it
	 * @param message receives the inflated bytes
	 * @throws ProtocolViolationException if the compressed data is invalid, the message
	 * is larger than allowed, or its compression ratio is
	 */
	void inflate(ByteBuffer payload, boolean last, MessageBuffer message) throws ProtocolViolationException {
		Inflater inflater = this.inflater;
		if (inflater == null) {
			inflater = new Inflater(true);
			this.inflater = inflater;
		}
		this.compressed += payload.remaining();
		int limit = (int) Math.min(this.maxMessageSize, Math.max(FREE_OF_RATIO, this.compressed * MAX_RATIO));
		inflate(inflater, payload, message, limit);
		if (last) {
			if (!inflater.finished()) {
				inflate(inflater, ByteBuffer.wrap(TAIL), message, limit);
			}
			this.compressed = 0;
			this.finalBlocks = 0;
			if (this.contextTakeover) {
				message.addTo(this.window);
			}
			else {
				release();
			}
		}
	}

	private void inflate(Inflater inflater, ByteBuffer input, MessageBuffer message, int limit)
			throws ProtocolViolationException {
		try {
			inflateBlocks(inflater, input, message, limit);
		}
		catch (DataFormatException ex) {
			throw new ProtocolViolationException(ProtocolViolationException.INVALID_PAYLOAD,
					"a message is not deflated");
		}
	}

	private void inflateBlocks(Inflater inflater, ByteBuffer input, MessageBuffer message, int limit)
			throws ProtocolViolationException, DataFormatException {
		inflater.setInput(input);
		message.append(inflater, limit);
		while (inflater.finished() && input.hasRemaining()) {
			// a final block ends neither the message nor the window of its references
			// (RFC 7692, section 7.2.3.4)
			if (++this.finalBlocks > MAX_FINAL_BLOCKS) {
				throw new DataFormatException("too many final blocks");
			}
			inflater.reset();
			inflater.setDictionary(message.windowAfter(this.window));
			inflater.setInput(input);
			message.append(inflater, limit);
		}
	}

	/**
	 * Discard earlier messages, and release memory outside the heap. Has no effect if
	 * none is held.
	 */
	void release() {
		if (this.inflater != null) {
			this.inflater.end();
			this.inflater = null;
		}
		this.window.clear();
	}

}
