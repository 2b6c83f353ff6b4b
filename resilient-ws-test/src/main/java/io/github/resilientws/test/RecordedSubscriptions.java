package io.github.resilientws.test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketSubscription;

/**
 * The subscriptions of a recording client. May be used by any thread.
 */
final class RecordedSubscriptions {

	private final BooleanSupplier ready;

	private final List<Recorded> subscriptions = new CopyOnWriteArrayList<>();

	RecordedSubscriptions(BooleanSupplier ready) {
		this.ready = ready;
	}

	List<OutboundMessage> messages() {
		return this.subscriptions.stream().map((recorded) -> recorded.message).toList();
	}

	WebSocketSubscription add(OutboundMessage message, Consumer<Object> listener) {
		String destination = message.getDestination();
		if (destination == null) {
			throw new IllegalArgumentException("'subscription' must have a destination");
		}
		Recorded recorded = new Recorded(destination, message, listener);
		this.subscriptions.add(recorded);
		if (this.ready.getAsBoolean()) {
			recorded.active.complete(null);
		}
		return recorded;
	}

	void confirmAll() {
		this.subscriptions.forEach((recorded) -> recorded.active.complete(null));
	}

	void receive(String destination, Object content) {
		for (Recorded recorded : this.subscriptions) {
			if (recorded.destination.equals(destination)) {
				recorded.listener.accept(content);
			}
		}
	}

	void end(String destination, @Nullable Throwable failure) {
		for (Recorded recorded : this.subscriptions) {
			if (recorded.destination.equals(destination) && this.subscriptions.remove(recorded) && failure != null) {
				recorded.active.completeExceptionally(failure);
			}
		}
	}

	private final class Recorded implements WebSocketSubscription {

		private final String destination;

		private final OutboundMessage message;

		private final Consumer<Object> listener;

		private final CompletableFuture<Void> active = new CompletableFuture<>();

		Recorded(String destination, OutboundMessage message, Consumer<Object> listener) {
			this.destination = destination;
			this.message = message;
			this.listener = listener;
		}

		@Override
		public String getDestination() {
			return this.destination;
		}

		@Override
		public boolean isActive() {
			return RecordedSubscriptions.this.ready.getAsBoolean()
					&& RecordedSubscriptions.this.subscriptions.contains(this);
		}

		@Override
		public CompletableFuture<Void> active() {
			return this.active;
		}

		@Override
		public void close() {
			RecordedSubscriptions.this.subscriptions.remove(this);
			this.active.cancel(false);
		}

	}

}
