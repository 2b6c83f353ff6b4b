package io.github.resilientws.internal.framing;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.internal.codec.FramingException;
import io.github.resilientws.protocol.WebSocketFrameCodec;

/**
 * Decodes the frames of one connection to messages, one at a time, so that messages
 * behind a full buffer need no memory of their own. Confined to the client's executor.
 */
final class FrameDecoder {

	private final @Nullable BinaryDecoder binary;

	private final String delimiter;

	private final @Nullable WebSocketFrameCodec codec;

	private final Queue<InboundMessage> frames = new ArrayDeque<>(2);

	// of the current frame
	private Iterator<String> parts = Collections.emptyIterator();

	// of the current part
	private Iterator<String> messages = Collections.emptyIterator();

	/**
	 * Create a decoder.
	 * @param binary decodes binary frames, or {@code null} if they are not text
	 * @param delimiter ends each message inside a frame; empty for none
	 * @param codec decodes each of them, or {@code null}
	 */
	FrameDecoder(@Nullable BinaryDecoder binary, String delimiter, @Nullable WebSocketFrameCodec codec) {
		this.binary = binary;
		this.delimiter = delimiter;
		this.codec = codec;
	}

	void add(InboundMessage frame) {
		this.frames.add(frame);
	}

	boolean isEmpty() {
		return this.frames.isEmpty() && !this.parts.hasNext() && !this.messages.hasNext();
	}

	/**
	 * Decode the next message.
	 * @return the message, or {@code null} if no complete one has arrived
	 * @throws FramingException if the frame cannot be decoded; user code may throw
	 * anything
	 */
	@Nullable InboundMessage next() {
		while (!this.messages.hasNext()) {
			if (this.parts.hasNext()) {
				String part = this.parts.next();
				this.messages = ((this.codec != null) ? this.codec.decode(part) : List.of(part)).iterator();
			}
			else {
				InboundMessage frame = this.frames.poll();
				if (frame == null || isMessage(frame)) {
					return frame;
				}
				open(frame);
			}
		}
		return InboundMessage.text(this.messages.next());
	}

	private boolean isMessage(InboundMessage frame) {
		return !frame.isText() && this.binary == null && this.codec == null;
	}

	private void open(InboundMessage frame) {
		if (frame.isText()) {
			this.parts = split(frame.text());
		}
		else if (this.binary != null) {
			String text = this.binary.decode(frame.bytes());
			this.parts = (text != null) ? split(text) : Collections.emptyIterator();
		}
		else if (this.codec != null) {
			this.messages = this.codec.decode(frame.bytes()).iterator();
		}
	}

	private Iterator<String> split(String text) {
		return this.delimiter.isEmpty() ? List.of(text).iterator() : new Split(text, this.delimiter);
	}

	/** Drop what has not been decoded, and release native memory. */
	void end() {
		this.frames.clear();
		this.parts = Collections.emptyIterator();
		this.messages = Collections.emptyIterator();
		if (this.binary != null) {
			this.binary.end();
		}
	}

	/**
	 * The parts of a text that are not empty.
	 */
	private static final class Split implements Iterator<String> {

		private final String text;

		private final String delimiter;

		private int position;

		Split(String text, String delimiter) {
			this.text = text;
			this.delimiter = delimiter;
			skip();
		}

		@Override
		public boolean hasNext() {
			return this.position < this.text.length();
		}

		@Override
		public String next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			int end = this.text.indexOf(this.delimiter, this.position);
			String part = this.text.substring(this.position, (end < 0) ? this.text.length() : end);
			this.position += part.length();
			skip();
			return part;
		}

		private void skip() {
			while (this.text.startsWith(this.delimiter, this.position)) {
				this.position += this.delimiter.length();
			}
		}

	}

}
