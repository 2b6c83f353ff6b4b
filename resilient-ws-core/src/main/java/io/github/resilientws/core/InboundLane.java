package io.github.resilientws.core;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jctools.queues.atomic.SpscUnboundedAtomicArrayQueue;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.InboundSettings;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.WebSocketMessageListener;

/**
 * Passes messages from the executor to the listeners, in order, through a bounded buffer.
 */
final class InboundLane {

	private static final Log logger = LogFactory.getLog(InboundLane.class);

	private static final int CHUNK = 64;

	// afterwards other clients have their turn
	private static final int MESSAGES_IN_A_ROW = 256;

	private final String client;

	private final InboundSettings settings;

	private final Lane lane;

	private final List<ClientObserver> observers;

	private final WebSocketListenerErrorHandler errorHandler;

	private final Statistics statistics;

	private final LongSupplier nanoTime;

	private final Runnable onRoom;

	private final List<WebSocketMessageListener> listeners = new CopyOnWriteArrayList<>();

	private final Queue<Item> buffer = new SpscUnboundedAtomicArrayQueue<>(CHUNK);

	private final AtomicBoolean scheduled = new AtomicBoolean();

	// the executor writes what was put in, the lane what was taken out
	private final AtomicLong putMessages = new AtomicLong();

	private final AtomicLong putBytes = new AtomicLong();

	private final AtomicLong takenMessages = new AtomicLong();

	private final AtomicLong takenBytes = new AtomicLong();

	// set by the executor, cleared by whoever sees room again
	private final AtomicBoolean full = new AtomicBoolean();

	InboundLane(String client, InboundSettings settings, Lane lane, List<ClientObserver> observers,
			WebSocketListenerErrorHandler errorHandler, Statistics statistics, LongSupplier nanoTime, Runnable onRoom) {
		this.client = client;
		this.settings = settings;
		this.lane = lane;
		this.observers = List.copyOf(observers);
		this.errorHandler = errorHandler;
		this.statistics = statistics;
		this.nanoTime = nanoTime;
		this.onRoom = onRoom;
	}

	void addListener(WebSocketMessageListener listener) {
		this.listeners.add(listener);
	}

	void removeListener(WebSocketMessageListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Put a message into the buffer. Called on the executor.
	 * @param message the message
	 * @param bytes what it counts for
	 * @return {@code false} if the buffer is full now, so that reading has to stop
	 */
	boolean put(InboundMessage message, int bytes) {
		this.putMessages.lazySet(this.putMessages.get() + 1);
		this.putBytes.lazySet(this.putBytes.get() + bytes);
		this.buffer.add(new Item(message, bytes));
		schedule();
		if (size() < this.settings.bufferMessages() && bytes() < this.settings.bufferBytes()) {
			return true;
		}
		this.full.set(true);
		// the lane may have emptied the buffer before it could see the flag
		return hasRoom() && this.full.compareAndSet(true, false);
	}

	boolean isFull() {
		return this.full.get();
	}

	int size() {
		return (int) (this.putMessages.get() - this.takenMessages.get());
	}

	private long bytes() {
		return this.putBytes.get() - this.takenBytes.get();
	}

	private boolean hasRoom() {
		return size() <= this.settings.bufferMessages() / 2 && bytes() <= this.settings.bufferBytes() / 2;
	}

	private void schedule() {
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			this.lane.execute(this::drain);
		}
	}

	private void drain() {
		long before = this.nanoTime.getAsLong();
		Item item = this.buffer.poll();
		int handled = 0;
		while (item != null) {
			boolean success = handle(item.message());
			long now = this.nanoTime.getAsLong();
			tellHandled(success, now - before);
			before = now;
			taken(item);
			handled++;
			item = (handled < MESSAGES_IN_A_ROW) ? this.buffer.poll() : null;
		}
		this.scheduled.set(false);
		if (!this.buffer.isEmpty()) {
			schedule();
		}
	}

	private void taken(Item item) {
		this.statistics.handled(1);
		this.takenMessages.lazySet(this.takenMessages.get() + 1);
		this.takenBytes.lazySet(this.takenBytes.get() + item.bytes());
		if (this.full.get() && hasRoom() && this.full.compareAndSet(true, false)) {
			this.onRoom.run();
		}
	}

	private boolean handle(InboundMessage message) {
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

	private void tellHandled(boolean success, long nanos) {
		if (this.observers.isEmpty()) {
			return;
		}
		Duration elapsed = Duration.ofNanos(nanos);
		for (ClientObserver observer : this.observers) {
			try {
				observer.messageHandled(this.client, success, elapsed);
			}
			catch (RuntimeException ex) {
				logger.warn("[" + this.client + "] observer failed: " + ex.getClass().getName());
			}
		}
	}

	private record Item(InboundMessage message, int bytes) {

	}

}
