package io.github.resilientws.internal.subscription;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.SubscriptionStatus;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketReplyException;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.monitoring.SubscriptionWarnings;
import io.github.resilientws.internal.request.Reply;
import io.github.resilientws.internal.subscription.Subscription.State;
import io.github.resilientws.internal.subscription.SubscriptionRequest.Identity;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The subscriptions of a client, in the order in which they were made. They outlive
 * connections. Confined to the client's executor, but for their numbers.
 */
public final class SubscriptionRegistry {

	private final SubscriptionContext context;

	private final SubscriptionTemplates templates;

	private final SubscriptionWarnings warnings;

	private final Map<Identity, Subscription> subscriptions = new LinkedHashMap<>();

	// the one that is ready
	private @Nullable ConnectionSubscriptions connection;

	// both are written by the executor
	private volatile int size;

	private volatile int active;

	public SubscriptionRegistry(SubscriptionContext context) {
		this.context = context;
		this.templates = SubscriptionTemplates.of(context.settings().subscription(), context.settings().request());
		this.warnings = new SubscriptionWarnings(context.settings().name(), context.executor()::nanoTime);
	}

	/**
	 * Return the number of confirmed subscriptions. May be called by any thread.
	 * @return their number
	 */
	public int active() {
		return this.active;
	}

	/**
	 * Return the number of subscriptions that wait for a connection or a confirmation.
	 * May be called by any thread.
	 * @return their number
	 */
	public int pending() {
		return Math.max(0, this.size - this.active);
	}

	SubscriptionContext context() {
		return this.context;
	}

	SubscriptionTemplates templates() {
		return this.templates;
	}

	SubscriptionWarnings warnings() {
		return this.warnings;
	}

	SerialExecutor executor() {
		return this.context.executor();
	}

	Executor callbacks() {
		return this.context.callbacks();
	}

	void add(SubscriptionHandle listener, SubscriptionRequest request) {
		if (listener.isClosed()) {
			return;
		}
		Subscription known = this.subscriptions.get(request.identity());
		if (known != null) {
			known.add(listener);
			if (known.isActive()) {
				listener.confirm();
			}
			else if (this.connection != null && this.connection.isTimedOut(known)) {
				listener.fail(timeout());
			}
			return;
		}
		Subscription fresh = new Subscription(request);
		fresh.add(listener);
		this.subscriptions.put(request.identity(), fresh);
		this.size = this.subscriptions.size();
		if (this.connection != null) {
			this.connection.subscribe(fresh);
		}
	}

	void remove(SubscriptionHandle listener) {
		Subscription subscription = listener.subscription();
		if (subscription == null || subscription.state() == State.ENDED) {
			return;
		}
		subscription.remove(listener);
		if (subscription.listeners().isEmpty()) {
			forget(subscription);
			if (this.connection != null) {
				this.connection.cancel(subscription);
			}
		}
	}

	/**
	 * A connection is ready.
	 * @param connection its subscriptions, none yet
	 */
	void attach(ConnectionSubscriptions connection) {
		this.connection = connection;
		List.copyOf(this.subscriptions.values()).forEach(connection::subscribe);
	}

	void detach(ConnectionSubscriptions connection) {
		if (this.connection == connection) {
			this.connection = null;
			this.subscriptions.values().forEach((subscription) -> setState(subscription, State.PENDING));
		}
	}

	void confirmed(Subscription subscription) {
		setState(subscription, State.ACTIVE);
		subscription.listeners().forEach(SubscriptionHandle::confirm);
	}

	void unconfirmed(Subscription subscription) {
		setState(subscription, State.PENDING);
	}

	void timedOut(Subscription subscription) {
		subscription.listeners().forEach((listener) -> listener.fail(timeout()));
		publish(subscription, SubscriptionStatus.TIMED_OUT, null);
	}

	void refused(Subscription subscription, String id, Reply reply) {
		end(subscription, SubscriptionStatus.REFUSED, reply.whole());
		WebSocketReplyException failure = new WebSocketReplyException(id, reply.whole(),
				(type) -> this.context.converter().read(reply.payload(), type));
		subscription.listeners().forEach((listener) -> listener.fail(failure));
	}

	void rejected(Subscription subscription, String id, MessageRefusedException refusal) {
		this.warnings.notSent(refusal.detail());
		end(subscription, SubscriptionStatus.REFUSED, null);
		WebSocketDeliveryException failure = new WebSocketDeliveryException(id, 0, refusal.reason(), refusal.detail(),
				refusal.getCause());
		subscription.listeners().forEach((listener) -> listener.fail(failure));
	}

	void finished(Subscription subscription, InboundMessage message) {
		end(subscription, SubscriptionStatus.ENDED, message);
		subscription.listeners().forEach(SubscriptionHandle::confirm);
	}

	private void end(Subscription subscription, SubscriptionStatus status, @Nullable InboundMessage reply) {
		forget(subscription);
		publish(subscription, status, reply);
	}

	private void forget(Subscription subscription) {
		setState(subscription, State.ENDED);
		this.subscriptions.remove(subscription.request().identity(), subscription);
		this.size = this.subscriptions.size();
	}

	private void setState(Subscription subscription, State state) {
		boolean before = subscription.isActive();
		subscription.setState(state);
		this.active = this.active + (subscription.isActive() ? 1 : 0) - (before ? 1 : 0);
	}

	private void publish(Subscription subscription, SubscriptionStatus status, @Nullable InboundMessage reply) {
		String destination = subscription.request().destination();
		this.context.notifier()
			.notify((observer) -> observer.subscriptionChanged(this.context.settings().name(), destination, status,
					reply));
	}

	private TimeoutException timeout() {
		return new TimeoutException(
				"the subscription was not confirmed within " + this.context.settings().subscription().timeout());
	}

}
