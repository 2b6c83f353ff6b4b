package io.github.resilientws.transport.spring;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WriteListener;

/**
 * A write, or a task between writes, performed in steps: a step sends a message, or a
 * fragment of a message that is larger than a frame. Guarded by its
 * {@link SessionSender}, except while a step sends.
 */
final class SendJob {

	/** Fixed cost of a message, in bytes. */
	private static final int MESSAGE_COST = 128;

	private final List<? extends OutboundPayload> messages;

	private final int maxFrameSize;

	private final int count;

	private final WriteListener listener;

	private @Nullable PingMessage ping;

	private @Nullable Runnable task;

	private long cost;

	private int written;

	// bytes of the next message that are written
	private int offset;

	private int started;

	private @Nullable Throwable failure;

	private SendJob(List<? extends OutboundPayload> messages, int maxFrameSize, int count, WriteListener listener) {
		this.messages = messages;
		this.maxFrameSize = maxFrameSize;
		this.count = count;
		this.listener = listener;
		for (OutboundPayload message : messages) {
			this.cost += MESSAGE_COST + message.payload().length;
		}
	}

	/**
	 * Send messages.
	 * @param messages the messages
	 * @param maxFrameSize bytes of the largest fragment
	 * @param listener receives the result
	 * @return the job
	 */
	static SendJob messages(List<? extends OutboundPayload> messages, int maxFrameSize, WriteListener listener) {
		return new SendJob(List.copyOf(messages), maxFrameSize, messages.size(), listener);
	}

	static SendJob ping(PingMessage ping, WriteListener listener) {
		SendJob job = new SendJob(List.of(), 1, 1, listener);
		job.ping = ping;
		job.cost = MESSAGE_COST + ping.getPayloadLength();
		return job;
	}

	static SendJob task(Runnable task) {
		SendJob job = new SendJob(List.of(), 1, 0, WriteListener.NONE);
		job.task = task;
		return job;
	}

	static SendJob refused(WriteListener listener, Throwable failure) {
		SendJob job = new SendJob(List.of(), 1, 0, listener);
		job.fail(failure);
		return job;
	}

	/**
	 * Return the remaining cost of the job.
	 * @return bytes of the messages that are not written, and a fixed cost for each
	 */
	long cost() {
		return this.cost;
	}

	boolean isPing() {
		return this.ping != null;
	}

	boolean isTask() {
		return this.task != null;
	}

	boolean isDone() {
		return this.failure != null || (this.written == this.count && this.task == null);
	}

	/**
	 * Prepare the next step.
	 * @param open whether the session is open
	 */
	void begin(boolean open) {
		if (open && this.task == null) {
			this.started = this.written + 1;
		}
	}

	void step(WebSocketSession session) throws IOException {
		Runnable task = this.task;
		if (task != null) {
			task.run();
		}
		else if (this.started == this.written) {
			throw new ClosedChannelException();
		}
		else {
			session.sendMessage((this.ping != null) ? this.ping : part());
		}
	}

	private WebSocketMessage<?> part() {
		OutboundPayload message = this.messages.get(this.written);
		byte[] payload = message.payload();
		int end = partEnd();
		boolean last = end == payload.length;
		return message.isText()
				? new TextMessage(new String(payload, this.offset, end - this.offset, StandardCharsets.UTF_8), last)
				: new BinaryMessage(payload, this.offset, end - this.offset, last);
	}

	private int partEnd() {
		OutboundPayload message = this.messages.get(this.written);
		byte[] payload = message.payload();
		if (payload.length - this.offset <= this.maxFrameSize) {
			return payload.length;
		}
		int end = this.offset + this.maxFrameSize;
		// the session accepts only whole characters, of up to four bytes
		while (message.isText() && end > this.offset + 1 && (payload[end] & 0xC0) == 0x80) {
			end--;
		}
		return end;
	}

	/**
	 * Record the end of a step.
	 * @return how many bytes of payload it sent
	 */
	int end() {
		if (this.task != null) {
			this.task = null;
			return 0;
		}
		int sent = (this.ping != null) ? this.ping.getPayloadLength() : partEnd() - this.offset;
		this.offset += sent;
		this.cost -= sent;
		if (this.ping != null || this.offset == this.messages.get(this.written).payload().length) {
			this.offset = 0;
			this.written++;
			this.cost -= MESSAGE_COST;
		}
		return sent;
	}

	void fail(Throwable failure) {
		this.failure = (this.failure != null) ? this.failure : failure;
	}

	void report() {
		this.listener.onWritten(this.written, this.started, this.failure);
	}

}
