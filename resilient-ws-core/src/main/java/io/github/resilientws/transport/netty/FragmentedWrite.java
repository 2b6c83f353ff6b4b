package io.github.resilientws.transport.netty;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WriteListener;

/**
 * One write with a message that is larger than a frame. It is encoded in parts: a part is
 * one fragment, several small fragments, or the whole messages between two large ones.
 * Confined to one event loop.
 */
final class FragmentedWrite {

	// smaller frames share a part, so that not every frame costs a system call
	private static final int MIN_PART = 16 * 1024;

	private static final int MAX_PART = 64 * 1024;

	private final List<? extends OutboundPayload> messages;

	private final int maxFrameSize;

	private final WriteListener listener;

	// messages that are written
	private int written;

	// bytes of the next message that are written
	private int offset;

	private int[] partEnds = {};

	// messages that the current part completes
	private int partMessages;

	// bytes of the message after those, up to the end of the current part
	private int partOffset;

	FragmentedWrite(List<? extends OutboundPayload> messages, int maxFrameSize, WriteListener listener) {
		this.messages = messages;
		this.maxFrameSize = maxFrameSize;
		this.listener = listener;
	}

	long size() {
		return this.messages.stream().mapToLong((message) -> message.payload().length).sum();
	}

	boolean isDone() {
		return this.written == this.messages.size();
	}

	/**
	 * Encode the next part.
	 * @param encoder encodes frames
	 * @param allocator allocates the buffer
	 * @return the part
	 */
	ByteBuf encodePart(FrameEncoder encoder, ByteBufAllocator allocator) {
		OutboundPayload next = this.messages.get(this.written);
		return (next.payload().length > this.maxFrameSize) ? encodeFragments(next, encoder, allocator)
				: encodeMessages(encoder, allocator);
	}

	/**
	 * Return where the messages of the part end. Fragments of one message count as one.
	 * @return for each of them the offset of the byte after it
	 */
	int[] partEnds() {
		return this.partEnds;
	}

	private ByteBuf encodeFragments(OutboundPayload message, FrameEncoder encoder, ByteBufAllocator allocator) {
		int length = message.payload().length;
		int part = Math.max(1, MIN_PART / this.maxFrameSize) * this.maxFrameSize;
		int end = this.offset + Math.min(part, length - this.offset);
		ByteBuf buffer = encoder.encodeFragments(message, this.offset, end, this.maxFrameSize, allocator);
		this.partEnds = new int[] { buffer.readableBytes() };
		this.partMessages = (end == length) ? 1 : 0;
		this.partOffset = (end == length) ? 0 : end;
		return buffer;
	}

	private ByteBuf encodeMessages(FrameEncoder encoder, ByteBufAllocator allocator) {
		int end = this.written;
		int bytes = 0;
		while (end < this.messages.size() && bytes < MAX_PART
				&& this.messages.get(end).payload().length <= this.maxFrameSize) {
			bytes += this.messages.get(end++).payload().length;
		}
		List<? extends OutboundPayload> part = this.messages.subList(this.written, end);
		this.partEnds = new int[part.size()];
		this.partMessages = part.size();
		this.partOffset = 0;
		return encoder.encode(part, FrameEncoder.measure(part, this.maxFrameSize, this.partEnds), allocator);
	}

	int partSize() {
		return this.partEnds[this.partEnds.length - 1];
	}

	/**
	 * The whole part is written.
	 */
	void partWritten() {
		this.written += this.partMessages;
		this.offset = this.partOffset;
	}

	/**
	 * Report the result of the write.
	 * @param partWritten messages of an unfinished part of which the socket took all
	 * bytes
	 * @param partStarted messages of it of which the socket may have taken bytes
	 * @param failure why the write failed, or {@code null}
	 */
	void report(int partWritten, int partStarted, @Nullable Throwable failure) {
		int started = Math.max(partStarted, (this.offset > 0) ? 1 : 0);
		this.listener.onWritten(this.written + Math.min(partWritten, this.partMessages), this.written + started,
				failure);
	}

}
