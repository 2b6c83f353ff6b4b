package io.github.resilientws.internal.persistence;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.Delivery;

/**
 * An accepted message, as the model knows it.
 */
final class ModelMessage {

	static final long NEVER = Long.MAX_VALUE;

	final String id;

	final String frame;

	final @Nullable String key;

	final boolean isVolatile;

	final long expiresMillis;

	final long order;

	// none once an earlier run has it
	@Nullable CompletableFuture<Delivery> future;

	// an earlier run may have sent it
	boolean recovered;

	// how often it was handed to a transport, at least and at most
	int certain;

	int possible;

	ModelMessage(String id, String frame, @Nullable String key, boolean isVolatile, long expiresMillis, long order,
			@Nullable CompletableFuture<Delivery> future) {
		this.id = id;
		this.frame = frame;
		this.key = key;
		this.isVolatile = isVolatile;
		this.expiresMillis = expiresMillis;
		this.order = order;
		this.future = future;
	}

	/** The message as the next run finds it. */
	ModelMessage recovered(long order, int attempts) {
		ModelMessage message = new ModelMessage(this.id, this.frame, null, false, this.expiresMillis, order, null);
		return message.again(attempts);
	}

	/** The message that was a dead letter. */
	ModelMessage resubmitted(long order, int attempts, CompletableFuture<Delivery> future) {
		return new ModelMessage(this.id, this.frame, null, false, NEVER, order, future).again(attempts);
	}

	private ModelMessage again(int attempts) {
		this.recovered = true;
		this.certain = attempts;
		this.possible = attempts;
		return this;
	}

	boolean isReplacedBy(@Nullable String key) {
		return isReplaceableBy(key) && !isPerhapsSent();
	}

	/** Whether a newer one may take its place: it was not sent, or came back unsent. */
	boolean isReplaceableBy(@Nullable String key) {
		return key != null && key.equals(this.key) && this.certain == 0;
	}

	boolean isCertainlySent() {
		return this.recovered || this.certain > 0;
	}

	boolean isPerhapsSent() {
		return this.recovered || this.possible > 0;
	}

	@Override
	public String toString() {
		return this.frame + (this.recovered ? " recovered" : "") + " sent " + this.certain + ".." + this.possible;
	}

}
