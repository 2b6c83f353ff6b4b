package io.github.resilientws.transport.spring;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.transport.WriteListener;

/**
 * A write, or a task between writes. Guarded by its lane, but for the sending itself.
 */
final class SendJob {

	/** Bytes that could be sent in the time that a message takes whatever its size. */
	private static final int MESSAGE_COST = 128;

	private final List<? extends WebSocketMessage<?>> messages;

	private final WriteListener listener;

	private @Nullable Runnable task;

	private int written;

	private int started;

	private @Nullable Throwable failure;

	private SendJob(List<? extends WebSocketMessage<?>> messages, @Nullable Runnable task, WriteListener listener) {
		this.messages = messages;
		this.task = task;
		this.listener = listener;
	}

	static SendJob messages(List<? extends WebSocketMessage<?>> messages, WriteListener listener) {
		return new SendJob(messages, null, listener);
	}

	static SendJob task(Runnable task) {
		return new SendJob(List.of(), task, WriteListener.NONE);
	}

	static SendJob refused(WriteListener listener, Throwable failure) {
		SendJob job = new SendJob(List.of(), null, listener);
		job.fail(failure);
		return job;
	}

	/**
	 * Return what the job costs.
	 * @return bytes of all messages, and a price for each
	 */
	int cost() {
		return this.messages.stream().mapToInt(SendJob::cost).sum();
	}

	private static int cost(WebSocketMessage<?> message) {
		return MESSAGE_COST + message.getPayloadLength();
	}

	boolean isDone() {
		return this.failure != null || (this.written == this.messages.size() && this.task == null);
	}

	/**
	 * The next step follows.
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
			session.sendMessage(this.messages.get(this.written));
		}
	}

	/**
	 * The step is done.
	 * @return what it cost
	 */
	int end() {
		if (this.task != null) {
			this.task = null;
			return 0;
		}
		return cost(this.messages.get(this.written++));
	}

	void fail(Throwable failure) {
		this.failure = (this.failure != null) ? this.failure : failure;
	}

	void report() {
		this.listener.onWritten(this.written, this.started, this.failure);
	}

}
