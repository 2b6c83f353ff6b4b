package io.github.resilientws.internal.inbound;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.monitoring.ClientObservations;

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

	private final CopyOnWriteArrayList<WebSocketMessageListener> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Create an invoker without listeners.
	 * @param client name of the client
	 * @param observers observers of handled messages
	 * @param errorHandler handles failures of listeners
	 * @param observations observations, or {@code null} if they are disabled
	 * @param nanoTime monotonic time
	 */
	public ListenerInvoker(String client, List<ClientObserver> observers, WebSocketListenerErrorHandler errorHandler,
			@Nullable ClientObservations observations, LongSupplier nanoTime) {
		this.client = client;
		this.observers = List.copyOf(observers);
		this.errorHandler = errorHandler;
		this.observations = observations;
		this.nanoTime = nanoTime;
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
	 * @param own listeners of this message, called first
	 */
	void invoke(InboundMessage message, List<? extends WebSocketMessageListener> own) {
		if (this.observers.isEmpty()) {
			observeAndCall(message, own);
			return;
		}
		long before = this.nanoTime.getAsLong();
		boolean success = observeAndCall(message, own);
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

	private boolean observeAndCall(InboundMessage message, List<? extends WebSocketMessageListener> own) {
		return (this.observations != null && this.observations.areWanted())
				? this.observations.receive(() -> callListeners(message, own)) : callListeners(message, own);
	}

	private boolean callListeners(InboundMessage message, List<? extends WebSocketMessageListener> own) {
		boolean success = own.isEmpty() || callAll(own, message);
		return callAll(this.listeners, message) && success;
	}

	private boolean callAll(List<? extends WebSocketMessageListener> all, InboundMessage message) {
		boolean success = true;
		for (WebSocketMessageListener listener : all) {
			try {
				listener.onMessage(message);
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
