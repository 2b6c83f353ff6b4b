package io.github.resilientws.internal.inbound;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.answer.Question;
import io.github.resilientws.internal.answer.Questions;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * Passes messages from the client's executor to the listeners, in order.
 */
public abstract class InboundDispatcher {

	private final ListenerInvoker invoker;

	private final @Nullable Questions questions;

	// written once, before the first message
	private Runnable roomListener = () -> {
	};

	InboundDispatcher(ListenerInvoker invoker, @Nullable Questions questions) {
		this.invoker = invoker;
		this.questions = questions;
		if (questions != null) {
			questions.setRoomListener(this::resumeReading);
		}
	}

	/**
	 * Set the task that resumes reading. Called once, before the first message.
	 * @param roomListener the task, which runs on the client's executor once there is
	 * room for messages and questions again
	 */
	public void setRoomListener(Runnable roomListener) {
		this.roomListener = roomListener;
	}

	void resumeReading() {
		if (!isFull()) {
			this.roomListener.run();
		}
	}

	/**
	 * Return the questions of the server that are not answered yet.
	 * @return the questions, or {@code null} without {@code inbound.request}
	 */
	public @Nullable Questions questions() {
		return this.questions;
	}

	ListenerInvoker invoker() {
		return this.invoker;
	}

	public void addListener(WebSocketMessageListener listener) {
		this.invoker.addListener(listener);
	}

	public void removeListener(WebSocketMessageListener listener) {
		this.invoker.removeListener(listener);
	}

	/**
	 * Pass a message on. Called on the client's executor.
	 * @param message the message
	 * @param parsed the message as the rules of the client read it, retained, or
	 * {@code null} if it was not read
	 * @param listeners listeners of this message, called before those of the client
	 * @return {@code false} if reading has to stop
	 */
	public abstract boolean put(InboundMessage message, @Nullable ParsedMessage parsed,
			List<? extends WebSocketMessageListener> listeners);

	/**
	 * Pass a question on. Called on the client's executor.
	 * @param question the question
	 * @param listeners listeners of its message, called before those of the client
	 * @return {@code false} if reading has to stop
	 */
	public abstract boolean put(Question question, List<? extends WebSocketMessageListener> listeners);

	/**
	 * Return whether the caller is a listener of this client.
	 * @return whether this is the thread that calls listeners
	 */
	public abstract boolean isCurrent();

	/**
	 * Return whether reading has to stop. Called on the client's executor.
	 * @return whether too many messages wait, or too many questions are not answered yet
	 */
	public boolean isFull() {
		return this.questions != null && this.questions.isFull();
	}

	/**
	 * Return how many messages wait for the listeners.
	 * @return number of the messages
	 */
	public abstract int size();

}
