package io.github.resilientws.internal.inbound;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.execution.SequentialExecutor;
import io.github.resilientws.internal.monitoring.ClientObservations;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Passes messages from the executor to the listeners, in order, through a bounded buffer.
 */
public final class InboundDispatcher {

	private static final Log logger = LogFactory.getLog(InboundDispatcher.class);

	// afterwards other clients have their turn
	private static final int MESSAGES_IN_A_ROW = 256;

	private final String client;

	private final SequentialExecutor lane;

	private final List<ClientObserver> observers;

	private final WebSocketListenerErrorHandler errorHandler;

	private final Statistics statistics;

	private final SerialExecutor executor;

	private final @Nullable ClientObservations observations;

	private final CopyOnWriteArrayList<WebSocketMessageListener> listeners = new CopyOnWriteArrayList<>();

	private final InboundBuffer buffer;

	private final AtomicBoolean scheduled = new AtomicBoolean();

	// belongs to the executor
	private boolean wakeUpPending;

	public InboundDispatcher(String client, InboundSettings settings, SequentialExecutor lane,
			List<ClientObserver> observers, WebSocketListenerErrorHandler errorHandler, Statistics statistics,
			SerialExecutor executor, @Nullable ClientObservations observations, Runnable onRoom) {
		this.client = client;
		this.buffer = new InboundBuffer(settings, onRoom);
		this.lane = lane;
		this.observers = List.copyOf(observers);
		this.errorHandler = errorHandler;
		this.statistics = statistics;
		this.executor = executor;
		this.observations = observations;
	}

	public void addListener(WebSocketMessageListener listener) {
		this.listeners.addIfAbsent(listener);
	}

	public void removeListener(WebSocketMessageListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Pass a message on. Called on the executor.
	 * @param message the message
	 * @return {@code false} if the buffer is full now, so that reading has to stop
	 */
	public boolean put(InboundMessage message) {
		boolean room = this.buffer.put(message);
		if (!this.wakeUpPending) {
			this.wakeUpPending = true;
			// after all that is being read: waking the lane costs more than a message
			this.executor.execute(this::wakeUp);
		}
		return room;
	}

	public boolean isFull() {
		return this.buffer.isFull();
	}

	public int size() {
		return this.buffer.size();
	}

	private void wakeUp() {
		this.wakeUpPending = false;
		schedule();
	}

	private void schedule() {
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			this.lane.execute(this::drain);
		}
	}

	private void drain() {
		InboundMessage message = this.buffer.poll();
		for (int i = 1; message != null; i++) {
			pass(message);
			this.buffer.handled(message);
			message = (i < MESSAGES_IN_A_ROW) ? this.buffer.poll() : null;
		}
		this.scheduled.set(false);
		if (!this.buffer.isEmpty()) {
			schedule();
		}
	}

	private void pass(InboundMessage message) {
		this.statistics.handled();
		if (this.observers.isEmpty()) {
			handle(message);
			return;
		}
		long before = this.executor.nanoTime();
		boolean success = handle(message);
		Duration elapsed = Duration.ofNanos(this.executor.nanoTime() - before);
		for (ClientObserver observer : this.observers) {
			try {
				observer.messageHandled(this.client, success, elapsed);
			}
			catch (Throwable ex) {
				logger.warn("[" + this.client + "] observer failed: " + ex.getClass().getName());
			}
		}
	}

	private boolean handle(InboundMessage message) {
		return (this.observations != null && this.observations.areWanted())
				? this.observations.receive(() -> callListeners(message)) : callListeners(message);
	}

	private boolean callListeners(InboundMessage message) {
		boolean success = true;
		for (WebSocketMessageListener listener : this.listeners) {
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
			logger.warn("[" + this.client + "] listener error handler failed: " + ex.getClass().getName());
		}
	}

}
