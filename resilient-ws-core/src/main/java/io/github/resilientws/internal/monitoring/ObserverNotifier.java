package io.github.resilientws.internal.monitoring;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Notifies the observers of a client, in order. May be called on any thread.
 */
public final class ObserverNotifier {

	private static final Log logger = LogFactory.getLog(ObserverNotifier.class);

	// limits memory if many sends are refused while a listener blocks
	private static final int MAX_PENDING_DROPS = 10_000;

	private final String client;

	private final Executor events;

	private final List<ClientObserver> observers;

	private final AtomicInteger pendingDrops = new AtomicInteger();

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
		if (this.pendingDrops.incrementAndGet() > MAX_PENDING_DROPS) {
			this.pendingDrops.decrementAndGet();
			return;
		}
		this.events.execute(() -> {
			this.pendingDrops.decrementAndGet();
			notifyNow((observer) -> observer.messageDropped(this.client, id, reason));
		});
	}

	/**
	 * Notify the observers on the caller's thread.
	 * @param notification calls the method of an observer
	 */
	public void notifyNow(Consumer<ClientObserver> notification) {
		for (ClientObserver observer : this.observers) {
			try {
				notification.accept(observer);
			}
			catch (Throwable ex) {
				logger.warn("[" + this.client + "] observer " + observer.getClass().getName() + " failed: "
						+ FailureDescription.describe(ex));
			}
		}
	}

}
