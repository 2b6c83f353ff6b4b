package io.github.resilientws.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.transport.OutboundFrame;

/**
 * One accepted message. Its mutable fields belong to the client's executor.
 */
final class OutboxEntry implements OutboundFrame {

	/** Deadline of a message that may wait for ever. */
	static final long NEVER = Long.MAX_VALUE;

	private final CompletableFuture<Delivery> future = new CompletableFuture<>();

	private final boolean text;

	private final byte[] payload;

	private final @Nullable String givenId;

	private final boolean volatileMessage;

	private final long acceptedNanos;

	private final long ttlNanos;

	private long sequence;

	private int attempts;

	OutboxEntry(boolean text, byte[] payload, @Nullable String givenId, boolean volatileMessage, long acceptedNanos,
			long ttlNanos) {
		this.text = text;
		this.payload = payload;
		this.givenId = givenId;
		this.volatileMessage = volatileMessage;
		this.acceptedNanos = acceptedNanos;
		this.ttlNanos = ttlNanos;
	}

	@Override
	public boolean isText() {
		return this.text;
	}

	@Override
	public byte[] payload() {
		return this.payload;
	}

	CompletableFuture<Delivery> future() {
		return this.future;
	}

	@Nullable String givenId() {
		return this.givenId;
	}

	boolean isVolatile() {
		return this.volatileMessage;
	}

	long acceptedNanos() {
		return this.acceptedNanos;
	}

	boolean expires() {
		return this.ttlNanos != NEVER;
	}

	long remainingNanos(long now) {
		return this.ttlNanos - (now - this.acceptedNanos);
	}

	boolean isExpired(long now) {
		return expires() && remainingNanos(now) <= 0;
	}

	long sequence() {
		return this.sequence;
	}

	void enterLog(long sequence) {
		this.sequence = sequence;
	}

	void handedOver() {
		this.attempts++;
	}

	/** The bytes were certainly not sent: the hand-over did not happen. */
	void takenBack() {
		this.attempts--;
	}

	// generated only when somebody looks: most senders never do
	String id(MessageIds ids) {
		return (this.givenId != null) ? this.givenId : ids.next();
	}

	void delivered(MessageIds ids, long now) {
		this.future.complete(new Delivery(id(ids), this.attempts, Duration.ofNanos(now - this.acceptedNanos)));
	}

	void failed(String id, Reason reason, String detail) {
		this.future.completeExceptionally(new WebSocketDeliveryException(id, this.attempts, reason, detail));
	}

}
