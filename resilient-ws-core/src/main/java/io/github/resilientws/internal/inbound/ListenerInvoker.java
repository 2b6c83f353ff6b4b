package io.github.resilientws.internal.inbound;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.answer.Question;
import io.github.resilientws.internal.monitoring.ClientObservations;
import io.github.resilientws.listener.QuestionListener;

/**
 * Calls the listeners of a client with a message and reports the result. Failures of user
 * code go to the error handler or the log.
 */
public final class ListenerInvoker {

	private static final Log logger = LogFactory.getLog(ListenerInvoker.class);

	private final String client;

	private final List<ClientObserver> observers;

	private final WebSocketListenerErrorHandler errorHandler;

	private final @Nullable ClientObservations observations;

	private final LongSupplier nanoTime;

	private final Executor callbacks;

	private final CopyOnWriteArrayList<WebSocketMessageListener> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Create an invoker without listeners.
	 * @param client name of the client
	 * @param observers observers of handled messages
	 * @param errorHandler handles failures of listeners
	 * @param observations observations, or {@code null} if they are disabled
	 * @param nanoTime monotonic time
	 * @param callbacks runs the error handler for answers that fail later
	 */
	public ListenerInvoker(String client, List<ClientObserver> observers, WebSocketListenerErrorHandler errorHandler,
			@Nullable ClientObservations observations, LongSupplier nanoTime, Executor callbacks) {
		this.client = client;
		this.observers = List.copyOf(observers);
		this.errorHandler = errorHandler;
		this.observations = observations;
		this.nanoTime = nanoTime;
		this.callbacks = callbacks;
	}

	public void addListener(WebSocketMessageListener listener) {
		this.listeners.addIfAbsent(listener);
	}

	public void removeListener(WebSocketMessageListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Call the listeners. Calls do not overlap.
	 * @param message the message
	 * @param question the question that the message asks, or {@code null} if it asks none
	 * @param own listeners of this message, called first
	 */
	void invoke(InboundMessage message, @Nullable Question question, List<? extends WebSocketMessageListener> own) {
		if (this.observers.isEmpty()) {
			observeAndCall(message, question, own);
			return;
		}
		long before = this.nanoTime.getAsLong();
		boolean success = observeAndCall(message, question, own);
		Duration elapsed = Duration.ofNanos(this.nanoTime.getAsLong() - before);
		for (ClientObserver observer : this.observers) {
			try {
				observer.messageHandled(this.client, success, elapsed);
			}
			catch (Throwable ex) {
				logger.warn("[" + this.client + "] observer failed: " + FailureDescription.describe(ex));
			}
		}
	}

	private boolean observeAndCall(InboundMessage message, @Nullable Question question,
			List<? extends WebSocketMessageListener> own) {
		return (this.observations != null && this.observations.areWanted())
				? this.observations.receive(() -> call(message, question, own)) : call(message, question, own);
	}

	private boolean call(InboundMessage message, @Nullable Question question,
			List<? extends WebSocketMessageListener> own) {
		if (question == null) {
			return callListeners(message, own, null);
		}
		AnswerReceiver answer = new AnswerReceiver(question,
				(failure) -> this.callbacks.execute(() -> handleError(message, failure)));
		boolean success = callListeners(message, own, answer);
		answer.onReturn();
		return success;
	}

	private boolean callListeners(InboundMessage message, List<? extends WebSocketMessageListener> own,
			@Nullable AnswerReceiver answer) {
		boolean success = own.isEmpty() || callAll(own, message, answer);
		return callAll(this.listeners, message, answer) && success;
	}

	private boolean callAll(List<? extends WebSocketMessageListener> all, InboundMessage message,
			@Nullable AnswerReceiver answer) {
		boolean success = true;
		for (WebSocketMessageListener listener : all) {
			try {
				if (answer != null && listener instanceof QuestionListener answering) {
					answer.ask(answering);
				}
				else {
					listener.onMessage(message);
				}
			}
			catch (Throwable ex) {
				success = false;
				handleError(message, ex);
			}
		}
		return success;
	}

	private void handleError(InboundMessage message, Throwable failure) {
		try {
			this.errorHandler.handle(this.client, message, failure);
		}
		catch (Throwable ex) {
			logger.warn("[" + this.client + "] listener error handler failed: " + FailureDescription.describe(ex));
		}
	}

}
