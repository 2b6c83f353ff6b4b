package io.github.resilientws.transport.netty;

import java.nio.channels.ClosedChannelException;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WriteListener;

/**
 * Writes frames to a channel: one buffer, one write and one flush a call. Confined to its
 * event loop.
 */
final class FrameWriter {

	private static final int[] NO_FRAMES = {};

	private final Channel channel;

	private final FrameEncoder encoder;

	private final WriteTracker tracker;

	private final boolean attributable;

	private @Nullable Deflation deflation;

	private byte @Nullable [] unansweredPing;

	FrameWriter(Channel channel, FrameEncoder encoder, WriteTracker tracker) {
		this.channel = channel;
		this.encoder = encoder;
		this.tracker = tracker;
		// TLS takes whole buffers at once, long before the socket takes their bytes
		this.attributable = channel.pipeline().get(SslHandler.class) == null;
	}

	/**
	 * From now on compress messages.
	 * @param deflation compresses them
	 */
	void compress(Deflation deflation) {
		this.deflation = deflation;
	}

	void write(List<? extends OutboundPayload> frames, WriteListener listener) {
		int[] ends = new int[frames.size()];
		ByteBuf buffer;
		try {
			buffer = (this.deflation != null) ? this.deflation.encode(frames, ends, this.encoder, this.channel.alloc())
					: this.encoder.encode(frames, ends, this.channel.alloc());
		}
		catch (OutOfMemoryError | RuntimeException ex) {
			// Netty's limit of direct memory, or of a buffer; nothing was written
			fail(listener, ex);
			return;
		}
		write(buffer, ends, listener);
	}

	void writeControl(int opcode, byte[] payload, WriteListener listener) {
		ByteBuf frame = this.encoder.encodeControl(opcode, payload, this.channel.alloc());
		write(frame, new int[] { frame.readableBytes() }, listener);
	}

	/**
	 * Report, in its turn, a write that comes too late.
	 * @param listener the listener of the write
	 */
	void refuse(WriteListener listener) {
		fail(listener, new ClosedChannelException());
	}

	/**
	 * Answer a ping, at once or when the channel is writable again. Of several only the
	 * last is answered then, as RFC 6455, section 5.5.3 allows.
	 * @param payload payload of the ping
	 */
	void pong(byte[] payload) {
		this.unansweredPing = payload;
		answerPing();
	}

	void answerPing() {
		byte[] payload = this.unansweredPing;
		if (payload != null && this.channel.isWritable()) {
			this.unansweredPing = null;
			writeControl(FrameEncoder.PONG, payload, WriteListener.NONE);
		}
	}

	private void write(ByteBuf buffer, int[] ends, WriteListener listener) {
		PendingWrite write = new PendingWrite(this.channel, ends, this.attributable, listener);
		this.tracker.add(write);
		this.channel.writeAndFlush(buffer, write);
	}

	private void fail(WriteListener listener, Throwable failure) {
		PendingWrite write = new PendingWrite(this.channel, NO_FRAMES, true, listener);
		this.tracker.add(write);
		write.tryFailure(failure);
	}

}
