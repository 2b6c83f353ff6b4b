package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.QuestionOutcome;
import io.github.resilientws.RequestOutcome;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Notifies the observers of a client, in order. May be called on any thread.
 */
public final class ObserverNotifier {

	private static final Log logger = LogFactory.getLog(ObserverNotifier.class);

	// limits memory if many sends are refused, or a server asks many questions, while a
	// listener blocks
	private static final int MAX_PENDING = 10_000;

	private static final ClassValue<Set<Event>> HANDLED_EVENTS = new ClassValue<>() {

		@Override
		protected Set<Event> computeValue(Class<?> type) {
			return Arrays.stream(Event.values())
				.filter((event) -> event.isHandledBy(type))
				.collect(Collectors.toUnmodifiableSet());
		}

	};

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
		this.deliveryObservers = this.observers.stream()
			.filter((observer) -> handles(observer, Event.DELIVERY_ENDED))
			.toList();
	}

	private boolean isHandled(Event event) {
		for (ClientObserver observer : this.observers) {
			if (handles(observer, event)) {
				return true;
			}
		}
		return false;
	}

	private static boolean handles(ClientObserver observer, Event event) {
		return HANDLED_EVENTS.get(observer.getClass()).contains(event);
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
		if (isHandled(Event.MESSAGE_DROPPED)) {
			notifyUnlessBusy((observer) -> observer.messageDropped(this.client, id, reason));
		}
	}

	/**
	 * Notify the observers of the end of a question of the server.
	 * @param outcome its outcome
	 * @param elapsed time since it arrived
	 */
	public void questionEnded(QuestionOutcome outcome, Duration elapsed) {
		if (isHandled(Event.QUESTION_ENDED)) {
			notifyUnlessBusy((observer) -> observer.questionEnded(this.client, outcome, elapsed));
		}
	}

	/**
	 * Notify the observers of the end of a request.
	 * @param outcome its outcome
	 * @param elapsed time since it was sent
	 */
	public void requestEnded(RequestOutcome outcome, Duration elapsed) {
		if (isHandled(Event.REQUEST_ENDED)) {
			notify((observer) -> observer.requestEnded(this.client, outcome, elapsed));
		}
	}

	/**
	 * Notify the observers of an answer to a heartbeat.
	 * @param roundTrip time between the heartbeat and its answer
	 */
	public void heartbeatAnswered(Duration roundTrip) {
		if (isHandled(Event.HEARTBEAT_ANSWERED)) {
			notify((observer) -> observer.heartbeatAnswered(this.client, roundTrip));
		}
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

	/**
	 * An event that may be so frequent that no thread is woken up for it unless an
	 * observer handles it.
	 */
	private enum Event {

		DELIVERY_ENDED("deliveryEnded", String.class, boolean.class, Duration.class),

		HEARTBEAT_ANSWERED("heartbeatAnswered", String.class, Duration.class),

		MESSAGE_DROPPED("messageDropped", String.class, String.class, Reason.class),

		QUESTION_ENDED("questionEnded", String.class, QuestionOutcome.class, Duration.class),

		REQUEST_ENDED("requestEnded", String.class, RequestOutcome.class, Duration.class);

		private final String method;

		private final Class<?>[] parameters;

		Event(String method, Class<?>... parameters) {
			this.method = method;
			this.parameters = parameters;
		}

		boolean isHandledBy(Class<?> type) {
			try {
				return type.getMethod(this.method, this.parameters).getDeclaringClass() != ClientObserver.class;
			}
			catch (NoSuchMethodException | LinkageError ex) {
				// a native image may not know the methods of the class
				return true;
			}
		}

	}

}
