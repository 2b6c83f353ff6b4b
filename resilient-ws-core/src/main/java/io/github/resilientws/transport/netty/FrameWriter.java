package io.github.resilientws.transport.netty;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WriteListener;

/**
 * Writes frames to a channel: one buffer, one write and one flush per call, unless a
 * message is larger than a frame. Then each part is handed over when the socket has taken
 * the previous one, control frames are sent between the parts, and other messages wait.
 * Confined to its event loop.
 */
final class FrameWriter {

	/** Stands for a close frame without a code (RFC 6455, section 7.1.5). */
	static final int NO_CODE = 1005;

	private static final int[] NO_FRAMES = {};

	private final Channel channel;

	private final EventLoopExecutor executor;

	private final FrameEncoder encoder;

	private final WriteTracker tracker;

	private final int maxFrameSize;

	private final Runnable onFree;

	private final boolean attributable;

	private @Nullable FragmentedWrite current;

	// both are created by the first message in fragments
	private @Nullable Queue<WaitingWrite> waiting;

	private @Nullable SendBuffer sendBuffer;

	private boolean cut;

	private byte @Nullable [] waitingClose;

	private @Nullable Deflation deflation;

	private byte @Nullable [] unansweredPing;

	/**
	 * Create a writer.
	 * @param channel the channel
	 * @param executor the event loop of the channel
	 * @param tracker tracks writes
	 * @param maxFrameSize largest payload of a data frame
	 * @param onFree called when the last fragment has left
	 */
	FrameWriter(Channel channel, EventLoopExecutor executor, WriteTracker tracker, int maxFrameSize, Runnable onFree) {
		this.channel = channel;
		this.executor = executor;
		this.encoder = executor.resources().encoder();
		this.tracker = tracker;
		this.maxFrameSize = maxFrameSize;
		this.onFree = onFree;
		// TLS accepts whole buffers at once, long before the socket takes their bytes
		this.attributable = channel.pipeline().get(SslHandler.class) == null;
	}

	/**
	 * Compress messages from now on.
	 * @param deflation compresses them
	 */
	void compress(Deflation deflation) {
		this.deflation = deflation;
	}

	/**
	 * Return whether a message is being sent in fragments, so that others have to wait.
	 * @return whether one is being sent
	 */
	boolean isBusy() {
		return this.current != null;
	}

	void write(List<? extends OutboundPayload> messages, WriteListener listener) {
		if (this.current != null) {
			waiting().add(new WaitingWrite(List.copyOf(messages), listener));
			return;
		}
		int[] ends = new int[messages.size()];
		ByteBuf buffer;
		try {
			List<? extends OutboundPayload> payloads = (this.deflation != null) ? this.deflation.compress(messages)
					: messages;
			int size = FrameEncoder.measure(payloads, this.maxFrameSize, ends);
			if (size == FrameEncoder.NEEDS_FRAGMENTS) {
				begin(new FragmentedWrite(List.copyOf(payloads), this.maxFrameSize, listener));
				return;
			}
			buffer = this.encoder.encode(payloads, size, this.channel.alloc());
		}
		catch (OutOfMemoryError | RuntimeException ex) {
			// Netty's limit of direct memory, or of a buffer; nothing was written
			fail(listener, ex);
			return;
		}
		write(buffer, ends, listener);
	}

	private void begin(FragmentedWrite write) {
		this.current = write;
		if (this.sendBuffer == null && this.channel instanceof NioSocketChannel nio) {
			// with epoll the kernel limits the unsent bytes itself, see IoModel
			this.sendBuffer = new SendBuffer(nio.config()::setSendBufferSize, this.executor::nanoTime);
		}
		if (this.sendBuffer != null) {
			this.sendBuffer.begin(write.size());
		}
		writePart(write);
	}

	private void writePart(FragmentedWrite write) {
		ByteBuf part;
		try {
			part = write.encodePart(this.encoder, this.channel.alloc());
		}
		catch (OutOfMemoryError | RuntimeException ex) {
			fail(this::partEnded, ex);
			return;
		}
		write(part, write.partEnds(), this::partEnded);
	}

	// inside a flush of Netty, which continues with the next part after this call
	private void partEnded(int written, int started, @Nullable Throwable failure) {
		FragmentedWrite write = this.current;
		if (write == null) {
			return;
		}
		if (failure != null) {
			end(write, written, started, failure);
			return;
		}
		if (this.sendBuffer != null) {
			this.sendBuffer.taken(write.partSize());
		}
		write.partWritten();
		if (write.isDone()) {
			end(write, 0, 0, null);
		}
		else if (this.cut) {
			end(write, 0, 0, new ClosedChannelException());
		}
		else {
			writeUnansweredPong();
			writePart(write);
		}
	}

	private void end(FragmentedWrite write, int partWritten, int partStarted, @Nullable Throwable failure) {
		try {
			write.report(partWritten, partStarted, failure);
		}
		finally {
			this.current = null;
			writeWaiting(failure);
		}
	}

	// writes that wait for the end of a message in fragments
	private Queue<WaitingWrite> waiting() {
		Queue<WaitingWrite> known = this.waiting;
		if (known == null) {
			known = new ArrayDeque<>();
			this.waiting = known;
		}
		return known;
	}

	private void writeWaiting(@Nullable Throwable failure) {
		while (this.current == null && !waiting().isEmpty()) {
			WaitingWrite next = waiting().remove();
			if (failure != null) {
				fail(next.listener, failure);
			}
			else if (next.messages != null) {
				write(next.messages, next.listener);
			}
			else {
				refuse(next.listener);
			}
		}
		if (this.current != null) {
			return;
		}
		if (this.waitingClose != null) {
			writeWaitingClose();
		}
		else {
			this.onFree.run();
		}
	}

	void ping(byte[] payload, WriteListener listener) {
		writeControl(FrameHeader.PING, payload, listener);
	}

	/**
	 * Write a close frame after all earlier writes.
	 * @param code close code, or {@link #NO_CODE}
	 * @param reason reason
	 */
	void close(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		this.waitingClose = (code == NO_CODE) ? text
				: ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
		if (this.current == null || this.cut) {
			writeWaitingClose();
		}
	}

	/**
	 * Omit the remaining parts of a message that is being sent in fragments: a close
	 * frame may follow at once (RFC 6455, section 5.5.1). Has no effect without such a
	 * message.
	 */
	void cut() {
		if (this.current != null) {
			this.cut = true;
			writeWaitingClose();
		}
	}

	private void writeWaitingClose() {
		byte[] payload = this.waitingClose;
		if (payload != null) {
			this.waitingClose = null;
			writeControl(FrameHeader.CLOSE, payload, WriteListener.NONE);
		}
	}

	/**
	 * Report, in order, a write that comes too late.
	 * @param listener the listener of the write
	 */
	void refuse(WriteListener listener) {
		if (this.current != null) {
			waiting().add(new WaitingWrite(null, listener));
		}
		else {
			fail(listener, new ClosedChannelException());
		}
	}

	/**
	 * Answer a ping, at once or when the channel is writable again. In the latter case
	 * only the last ping is answered, as RFC 6455, section 5.5.3 allows.
	 * @param payload payload of the ping
	 */
	void pong(byte[] payload) {
		this.unansweredPing = payload;
		answerPing();
	}

	void answerPing() {
		if (this.channel.isWritable()) {
			writeUnansweredPong();
		}
	}

	private void writeUnansweredPong() {
		byte[] payload = this.unansweredPing;
		if (payload != null) {
			this.unansweredPing = null;
			writeControl(FrameHeader.PONG, payload, WriteListener.NONE);
		}
	}

	private void writeControl(int opcode, byte[] payload, WriteListener listener) {
		ByteBuf frame = this.encoder.encodeControl(opcode, payload, this.channel.alloc());
		write(frame, new int[] { frame.readableBytes() }, listener);
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

	/**
	 * A write that waits for the end of another one.
	 *
	 * @param messages its messages, or {@code null} if it is refused
	 * @param listener receives its result
	 */
	private record WaitingWrite(@Nullable List<OutboundPayload> messages, WriteListener listener) {

	}

}
