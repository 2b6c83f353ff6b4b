package io.github.resilientws.internal.inbound;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.answer.Question;
import io.github.resilientws.internal.monitoring.ClientObservations;
import io.github.resilientws.protocol.MessageReader;
import io.github.resilientws.protocol.MessageRulesRegistry;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * Calls the listeners of a client with a message and reports the result. Failures of user
 * code go to the error handler or the log.
 */
public final class ListenerInvoker {

	private static final Log logger = LogFactory.getLog(ListenerInvoker.class);

	private final String client;

	private final List<ClientObserver> observers;

	private final ListenerFailures failures;

	private final @Nullable ClientObservations observations;

	private final LongSupplier nanoTime;

	private final MessageRulesRegistry rules;

	// this field and the next are confined to the thread that calls the listeners
	private final MessageReader reader = new MessageReader();

	// the present message as the rules read it, once a listener needs it
	private @Nullable ParsedMessage parsed;

	// immutable; replaced under the lock of this
	private volatile List<RegisteredListener> listeners = List.of();

	/**
	 * Create an invoker without listeners.
	 * @param client name of the client
	 * @param observers observers of handled messages
	 * @param failures receives failures of listeners
	 * @param observations observations, or {@code null} if they are disabled
	 * @param nanoTime monotonic time
	 * @param rules the rules of the client and of the listeners
	 */
	public ListenerInvoker(String client, List<ClientObserver> observers, ListenerFailures failures,
			@Nullable ClientObservations observations, LongSupplier nanoTime, MessageRulesRegistry rules) {
		this.client = client;
		this.observers = List.copyOf(observers);
		this.failures = failures;
		this.observations = observations;
		this.nanoTime = nanoTime;
		this.rules = rules;
	}

	public synchronized void addListener(WebSocketMessageListener listener) {
		RegisteredListener added = RegisteredListener.of(listener);
		if (!this.listeners.contains(added)) {
			this.listeners = Stream.concat(this.listeners.stream(), Stream.of(added)).toList();
		}
	}

	public synchronized void removeListener(WebSocketMessageListener listener) {
		RegisteredListener removed = RegisteredListener.of(listener);
		this.listeners = this.listeners.stream().filter((known) -> !known.equals(removed)).toList();
	}

	/**
	 * Call the listeners. Calls do not overlap.
	 * @param message the message
	 * @param parsed the message as the rules read it, or {@code null} if it is not read
	 * yet
	 * @param question the question that the message asks, or {@code null} if it asks none
	 * @param own listeners of this message, called first
	 */
	void invoke(InboundMessage message, @Nullable ParsedMessage parsed, @Nullable Question question,
			List<? extends WebSocketMessageListener> own) {
		this.parsed = parsed;
		try {
			invoke(message, question, own);
		}
		finally {
			this.parsed = null;
			this.reader.clear();
		}
	}

	private void invoke(InboundMessage message, @Nullable Question question,
			List<? extends WebSocketMessageListener> own) {
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
		AnswerReceiver answer = new AnswerReceiver(question, (failure) -> this.failures.handleLater(message, failure));
		boolean success = callListeners(message, own, answer);
		answer.onReturn();
		return success;
	}

	private boolean callListeners(InboundMessage message, List<? extends WebSocketMessageListener> own,
			@Nullable AnswerReceiver answer) {
		boolean success = true;
		for (WebSocketMessageListener listener : own) {
			success &= call(RegisteredListener.of(listener, answer != null), message, answer);
		}
		for (RegisteredListener listener : this.listeners) {
			success &= call(listener, message, answer);
		}
		return success;
	}

	private boolean call(RegisteredListener listener, InboundMessage message, @Nullable AnswerReceiver answer) {
		try {
			listener.call(message, this, answer);
			return true;
		}
		catch (Throwable ex) {
			this.failures.handle(message, ex);
			return false;
		}
	}

	/**
	 * Read the present message, once for all listeners.
	 * @param message the message, a text
	 * @return the message as the rules read it
	 */
	ParsedMessage read(InboundMessage message) {
		ParsedMessage parsed = this.parsed;
		if (parsed == null) {
			parsed = this.reader.read(this.rules.current(), message.text());
			this.parsed = parsed;
		}
		return parsed;
	}

}
