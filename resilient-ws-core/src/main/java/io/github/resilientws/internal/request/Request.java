package io.github.resilientws.internal.request;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.RequestOutcome;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.admission.OutboxEntry.Phase;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.execution.RestartableTimer;

/**
 * One request, from its admission to its reply. It is never sent twice: if the connection
 * ends after the hand-over, the request fails. Confined to the client's executor; its
 * future is completed on a callback thread.
 */
final class Request implements ReplyHandler {

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private final UnansweredRequests unanswered;

	private final long timeoutNanos;

	private final long startNanos;

	private final CompletableFuture<Reply> future = new CompletableFuture<>();

	private final RestartableTimer timer;

	// the last one; null before the first one
	private @Nullable HandOver handOver;

	private boolean ended;

	Request(UnansweredRequests unanswered, long timeoutNanos) {
		this.unanswered = unanswered;
		this.timeoutNanos = timeoutNanos;
		this.startNanos = unanswered.executor().nanoTime();
		this.timer = new RestartableTimer(unanswered.executor());
	}

	CompletableFuture<Reply> future() {
		return this.future;
	}

	String id() {
		return (this.handOver != null) ? this.handOver.id() : "";
	}

	/**
	 * The outbox has accepted the request.
	 * @param entry the request in the outbox
	 * @param expire ends the request in the outbox if it waits there
	 */
	void admitted(OutboxEntry entry, Runnable expire) {
		if (!this.ended) {
			this.timer.set(() -> onTimeout(entry, expire), Math.max(0, this.timeoutNanos - elapsedNanos()));
		}
	}

	/**
	 * The request is about to be handed over.
	 * @param connection the connection
	 * @param entry the request in the outbox
	 * @param id id of the request on this connection
	 * @throws MessageRefusedException if another request has this id
	 */
	void handOver(RequestConnection connection, OutboxEntry entry, String id) throws MessageRefusedException {
		if (!connection.replies().add(id, this)) {
			throw new MessageRefusedException("another request with this id has no reply yet");
		}
		this.handOver = new HandOver(connection, entry, id);
		this.unanswered.add(this);
	}

	@Override
	public void onReply(Reply reply) {
		if (end(reply.refused() ? RequestOutcome.REFUSED : RequestOutcome.SUCCESS)) {
			this.unanswered.callbacks().execute(() -> this.future.complete(reply));
		}
	}

	@Override
	public void onConnectionLost() {
		HandOver lost = this.handOver;
		if (lost != null && !this.ended) {
			switch (lost.entry().phase()) {
				// the outbox hands it over to the next connection
				case WAITING -> this.unanswered.remove(this);
				case WRITING -> lost.entry().future().thenRun(() -> failAfterWrite(lost));
				case SENT, DONE -> failLost();
			}
		}
	}

	// the result of the write came after the end of the connection
	private void failAfterWrite(HandOver lost) {
		try {
			this.unanswered.executor().execute(() -> {
				if (this.handOver == lost) {
					failLost();
				}
			});
		}
		catch (RejectedExecutionException ex) {
			this.future.completeExceptionally(exception(Reason.CLOSED, "the transport is closed"));
		}
	}

	private void failLost() {
		fail(RequestOutcome.LOST, Reason.UNDELIVERABLE, "the connection ended before the reply");
	}

	private void onTimeout(OutboxEntry entry, Runnable expire) {
		expire.run();
		HandOver current = this.handOver;
		if (entry.phase() == Phase.WAITING) {
			// not yet in the log
			this.timer.set(() -> onTimeout(entry, expire), RETRY_NANOS);
		}
		else if (current != null && !this.ended) {
			fail(RequestOutcome.EXPIRED, Reason.UNDELIVERABLE,
					"no reply within " + Duration.ofNanos(this.timeoutNanos));
			current.connection().liveness().requestProof();
		}
	}

	/**
	 * Fail a request that was handed over.
	 * @param outcome its outcome
	 * @param reason the reason
	 * @param detail explanation for a reader
	 */
	void fail(RequestOutcome outcome, Reason reason, String detail) {
		if (end(outcome)) {
			this.unanswered.callbacks().execute(() -> this.future.completeExceptionally(exception(reason, detail)));
		}
	}

	/**
	 * The outbox has failed the request. Called on the callback thread that completes its
	 * future.
	 * @param failure the failure
	 */
	void onOutboxFailure(Throwable failure) {
		try {
			RequestOutcome outcome = (failure instanceof WebSocketDeliveryException ex) ? outcomeOf(ex.getReason())
					: null;
			this.unanswered.executor().execute(() -> end(outcome));
		}
		catch (RejectedExecutionException ex) {
			// the transport is closed, and the timer with it
		}
		this.future.completeExceptionally(failure);
	}

	// messages that the outbox refuses are counted elsewhere
	private static @Nullable RequestOutcome outcomeOf(Reason reason) {
		return switch (reason) {
			case EXPIRED -> RequestOutcome.EXPIRED;
			case UNDELIVERABLE, CLOSED -> RequestOutcome.LOST;
			case REJECTED, DROPPED, NEGATIVE, ROLLED_BACK -> null;
		};
	}

	private boolean end(@Nullable RequestOutcome outcome) {
		if (this.ended) {
			return false;
		}
		this.ended = true;
		this.timer.cancel();
		if (this.handOver != null) {
			this.handOver.connection().replies().remove(this.handOver.id(), this);
		}
		this.unanswered.ended(this, outcome, Duration.ofNanos(elapsedNanos()));
		return true;
	}

	private long elapsedNanos() {
		return this.unanswered.executor().nanoTime() - this.startNanos;
	}

	private WebSocketDeliveryException exception(Reason reason, String detail) {
		return new WebSocketDeliveryException(id(), 1, reason, detail);
	}

	private record HandOver(RequestConnection connection, OutboxEntry entry, String id) {

	}

}
