package io.github.resilientws.internal.subscription;

import java.util.ArrayList;
import java.util.List;

/**
 * A subscription as the server sees it, with its listeners. Confined to the client's
 * executor, but for its state.
 */
final class Subscription {

	private final SubscriptionRequest request;

	// replaced when a listener comes or goes, because listeners are called elsewhere
	private List<SubscriptionHandle> listeners = List.of();

	private volatile State state = State.PENDING;

	private boolean wasActive;

	Subscription(SubscriptionRequest request) {
		this.request = request;
	}

	SubscriptionRequest request() {
		return this.request;
	}

	List<SubscriptionHandle> listeners() {
		return this.listeners;
	}

	void add(SubscriptionHandle listener) {
		List<SubscriptionHandle> more = new ArrayList<>(this.listeners);
		more.add(listener);
		this.listeners = List.copyOf(more);
		listener.join(this);
	}

	void remove(SubscriptionHandle listener) {
		List<SubscriptionHandle> fewer = new ArrayList<>(this.listeners);
		fewer.remove(listener);
		this.listeners = List.copyOf(fewer);
	}

	boolean isActive() {
		return this.state == State.ACTIVE;
	}

	/**
	 * Return whether it was confirmed on any connection.
	 * @return whether it was
	 */
	boolean wasActive() {
		return this.wasActive;
	}

	State state() {
		return this.state;
	}

	void setState(State state) {
		this.state = state;
		this.wasActive |= state == State.ACTIVE;
	}

	enum State {

		/** Waits for a connection or a confirmation. */
		PENDING,

		/** Confirmed on the present connection. */
		ACTIVE,

		/** Cancelled, refused or finished. */
		ENDED

	}

}
