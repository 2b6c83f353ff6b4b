package io.github.resilientws;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/**
 * The messages that one client gave up: the newest 1,000; with a durable store they
 * survive a restart. May be called from any thread.
 */
public interface ClientDeadLetters {

	/** Nothing was given up. */
	ClientDeadLetters NONE = List::of;

	/**
	 * Return the dead letters.
	 * @return a copy, the oldest first
	 */
	List<DeadLetter> list();

	/**
	 * Send a dead letter again, behind all other messages, with the same id and bytes and
	 * all its attempts.
	 * @param id id of the message
	 * @return its delivery; fails with {@link NoSuchElementException} if there is no such
	 * dead letter, and with a {@link WebSocketDeliveryException} as {@code send} does;
	 * one that is refused stays a dead letter
	 */
	default CompletableFuture<Delivery> resubmit(String id) {
		return CompletableFuture.failedFuture(new NoSuchElementException("there is no such dead letter"));
	}

	/**
	 * Forget a dead letter.
	 * @param id id of the message
	 * @return whether there was one
	 */
	default boolean discard(String id) {
		return false;
	}

}
