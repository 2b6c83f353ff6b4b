package io.github.resilientws.transport.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.OutboundPayload;

/**
 * Deflates messages independently of each other (RFC 7692, section 7.2.1), so that all
 * connections of an event loop share one deflater. Confined to that event loop.
 */
final class Deflation {

	/** Smaller messages hardly become smaller. */
	static final int THRESHOLD = 256;

	private static final int TAIL = 4;

	private @Nullable Deflater deflater;

	/**
	 * Compress messages that become smaller.
	 * @param messages the messages
	 * @return the messages, in order
	 */
	List<OutboundPayload> compress(List<? extends OutboundPayload> messages) {
		List<OutboundPayload> smaller = new ArrayList<>(messages.size());
		for (OutboundPayload message : messages) {
			smaller.add(deflate(message));
		}
		return smaller;
	}

	private OutboundPayload deflate(OutboundPayload message) {
		byte[] payload = message.payload();
		if (payload.length < THRESHOLD) {
			return message;
		}
		byte[] target = new byte[payload.length];
		int length = deflate(payload, target);
		// if the target is full, the end may be missing and compression has no gain
		return (length < target.length) ? new CompressedPayload(message.isText(), Arrays.copyOf(target, length - TAIL))
				: message;
	}

	private int deflate(byte[] payload, byte[] target) {
		Deflater deflater = this.deflater;
		if (deflater == null) {
			deflater = new Deflater(Deflater.BEST_SPEED, true);
			this.deflater = deflater;
		}
		deflater.setInput(payload);
		int length = deflater.deflate(target, 0, target.length, Deflater.SYNC_FLUSH);
		deflater.reset();
		return length;
	}

	/**
	 * Release memory outside the heap.
	 */
	void release() {
		if (this.deflater != null) {
			this.deflater.end();
			this.deflater = null;
		}
	}

}
