package io.github.resilientws.internal.subscription;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.listener.QuestionListener;

/**
 * One listener of a subscription. May be used by any thread.
 */
final class SubscriptionHandle implements WebSocketSubscription, QuestionListener {

	private final String destination;

	private final WebSocketMessageListener listener;

	private final SubscriptionRegistry registry;

	private final CompletableFuture<Void> active = new CompletableFuture<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	// written by the executor
	private volatile @Nullable Subscription subscription;

	SubscriptionHandle(String destination, WebSocketMessageListener listener, SubscriptionRegistry registry) {
		this.destination = destination;
		this.listener = listener;
		this.registry = registry;
	}

	@Override
	public String getDestination() {
		return this.destination;
	}

	@Override
	public boolean isActive() {
		Subscription joined = this.subscription;
		return joined != null && joined.isActive() && !this.closed.get();
	}

	@Override
	public CompletableFuture<Void> active() {
		return this.active;
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			try {
				this.registry.executor().execute(() -> this.registry.remove(this));
			}
			catch (RejectedExecutionException ex) {
				// the transport is closed, and no message arrives any more
			}
			complete(() -> this.active.cancel(false));
		}
	}

	// messages may wait in the inbound buffer when the handle is closed
	@Override
	public void onMessage(InboundMessage message) {
		if (!this.closed.get()) {
			this.listener.onMessage(message);
		}
	}

	@Override
	public boolean onQuestion(InboundMessage question, Consumer<@Nullable Object> answer) {
		if (this.listener instanceof QuestionListener answering) {
			return !this.closed.get() && answering.onQuestion(question, answer);
		}
		onMessage(question);
		return false;
	}

	boolean isClosed() {
		return this.closed.get();
	}

	@Nullable Subscription subscription() {
		return this.subscription;
	}

	void join(Subscription subscription) {
		this.subscription = subscription;
	}

	void confirm() {
		complete(() -> this.active.complete(null));
	}

	void fail(Throwable failure) {
		complete(() -> this.active.completeExceptionally(failure));
	}

	private void complete(Runnable completion) {
		if (!this.active.isDone()) {
			Executor callbacks = this.registry.callbacks();
			callbacks.execute(completion);
		}
	}

	@Override
	public String toString() {
		return "WebSocketSubscription[active=" + isActive() + "]";
	}

}
