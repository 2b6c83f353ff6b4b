package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.QuestionOutcome;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Notifies the observers of a client, in order. May be called on any thread.
 */
public final class ObserverNotifier {

	private static final Log logger = LogFactory.getLog(ObserverNotifier.class);

	// limits memory if many sends are refused, or a server asks many questions, while a
	// listener blocks
	private static final int MAX_PENDING = 10_000;

	private final String client;

	private final Executor events;

	private final List<ClientObserver> observers;

	// those that are not called for nothing
	private final List<ClientObserver> deliveryObservers;

	private final AtomicInteger pending = new AtomicInteger();

	/**
	 * Create a notifier.
	 * @param client name of the client
	 * @param events runs one notification after another
	 * @param observers the observers
	 */
	public ObserverNotifier(String client, Executor events, List<ClientObserver> observers) {
		this.client = client;
		this.events = events;
		this.observers = List.copyOf(observers);
		this.deliveryObservers = this.observers.stream().filter(ObserverNotifier::observesDeliveries).toList();
	}

	private static boolean observesDeliveries(ClientObserver observer) {
		try {
			return observer.getClass()
				.getMethod("deliveryEnded", String.class, boolean.class, Duration.class)
				.getDeclaringClass() != ClientObserver.class;
		}
		catch (NoSuchMethodException | LinkageError ex) {
			// a native image may not know the methods of the class
			return true;
		}
	}

	/**
	 * Notify the observers on the executor of events.
	 * @param notification calls the method of an observer
	 */
	public void notify(Consumer<ClientObserver> notification) {
		this.events.execute(() -> notifyNow(notification));
	}

	/**
	 * Notify the observers of a message that was rejected, dropped or expired.
	 * @param id id of the message
	 * @param reason the reason
	 */
	public void messageDropped(String id, Reason reason) {
		notifyUnlessBusy((observer) -> observer.messageDropped(this.client, id, reason));
	}

	/**
	 * Notify the observers of the end of a question of the server.
	 * @param outcome its outcome
	 * @param elapsed time since it arrived
	 */
	public void questionEnded(QuestionOutcome outcome, Duration elapsed) {
		notifyUnlessBusy((observer) -> observer.questionEnded(this.client, outcome, elapsed));
	}

	private void notifyUnlessBusy(Consumer<ClientObserver> notification) {
		if (this.pending.incrementAndGet() > MAX_PENDING) {
			this.pending.decrementAndGet();
			return;
		}
		this.events.execute(() -> {
			this.pending.decrementAndGet();
			notifyNow(notification);
		});
	}

	/**
	 * Notify the observers of the end of a message, on the caller's thread.
	 * @param success whether it was delivered
	 * @param elapsed time since it was accepted
	 */
	public void deliveryEnded(boolean success, Duration elapsed) {
		for (ClientObserver observer : this.deliveryObservers) {
			try {
				observer.deliveryEnded(this.client, success, elapsed);
			}
			catch (Throwable ex) {
				failed(observer, ex);
			}
		}
	}

	private void notifyNow(Consumer<ClientObserver> notification) {
		for (ClientObserver observer : this.observers) {
			try {
				notification.accept(observer);
			}
			catch (Throwable ex) {
				failed(observer, ex);
			}
		}
	}

	private void failed(ClientObserver observer, Throwable failure) {
		logger.warn("[" + this.client + "] observer " + observer.getClass().getName() + " failed: "
				+ FailureDescription.describe(failure));
	}

}
