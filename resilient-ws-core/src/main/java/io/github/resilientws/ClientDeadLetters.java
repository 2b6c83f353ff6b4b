package io.github.resilientws;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/**
 * Dead letters of one client: messages that it gave up although their arrival is
 * uncertain. The newest 1,000 are kept; with a durable store they survive a restart. All
 * methods may be called from any thread.
 *
 * @since 0.1
 */
public interface ClientDeadLetters {

	/** No dead letters. */
	ClientDeadLetters NONE = List::of;

	/**
	 * Return the dead letters.
	 * @return a copy, oldest first
	 */
	List<DeadLetter> list();

	/**
	 * Send a dead letter again, behind all other messages. It keeps its id and its bytes,
	 * and may be transmitted {@code delivery.max-attempts} times again.
	 * @param id id of the message
	 * @return its delivery; fails with {@link NoSuchElementException} if no dead letter
	 * has this id, and with {@link WebSocketDeliveryException} as {@code send} does. A
	 * message that the outbox refuses stays a dead letter
	 */
	default CompletableFuture<Delivery> resubmit(String id) {
		return CompletableFuture.failedFuture(new NoSuchElementException("there is no such dead letter"));
	}

	/**
	 * Remove a dead letter.
	 * @param id id of the message
	 * @return whether a dead letter had this id
	 */
	default boolean discard(String id) {
		return false;
	}

}
