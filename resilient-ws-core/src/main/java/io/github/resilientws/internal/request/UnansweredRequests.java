package io.github.resilientws.internal.request;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.RequestOutcome;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.outbox.AwaitedReplies;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The requests of a client that were handed over and have no reply yet. Confined to the
 * client's executor, but for their number.
 */
public final class UnansweredRequests implements AwaitedReplies {

	private final SerialExecutor executor;

	private final Executor callbacks;

	private final ObserverNotifier notifier;

	private final Set<Request> requests = new LinkedHashSet<>();

	// written by the executor
	private volatile int size;

	// written once, before the first request
	private Runnable onEmpty = () -> {
	};

	/**
	 * Create an empty set.
	 * @param executor the client's executor
	 * @param callbacks completes futures, one after another
	 * @param notifier notifies the observers
	 */
	public UnansweredRequests(SerialExecutor executor, Executor callbacks, ObserverNotifier notifier) {
		this.executor = executor;
		this.callbacks = callbacks;
		this.notifier = notifier;
	}

	/**
	 * Set the task for an empty set. Called once, before the first request.
	 * @param onEmpty run on the executor when the last request is answered
	 */
	public void setOnEmpty(Runnable onEmpty) {
		this.onEmpty = onEmpty;
	}

	/**
	 * Return the number of requests. May be called by any thread.
	 * @return number of requests without a reply
	 */
	public int size() {
		return this.size;
	}

	@Override
	public boolean isEmpty() {
		return this.requests.isEmpty();
	}

	@Override
	public void endAll(Reason reason, String detail) {
		List.copyOf(this.requests).forEach((request) -> request.fail(RequestOutcome.LOST, reason, detail));
	}

	SerialExecutor executor() {
		return this.executor;
	}

	Executor callbacks() {
		return this.callbacks;
	}

	void add(Request request) {
		this.requests.add(request);
		this.size = this.requests.size();
	}

	void ended(Request request, @Nullable RequestOutcome outcome, Duration elapsed) {
		remove(request);
		if (outcome != null) {
			this.notifier.requestEnded(outcome, elapsed);
		}
	}

	void remove(Request request) {
		if (this.requests.remove(request)) {
			this.size = this.requests.size();
			if (this.requests.isEmpty()) {
				this.onEmpty.run();
			}
		}
	}

}
