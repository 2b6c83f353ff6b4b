package io.github.resilientws;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Dead letters of all clients: messages that a client gave up although their arrival is
 * uncertain. Each client keeps the newest 1,000; with a durable store they survive a
 * restart. All methods may be called from any thread.
 *
 * <pre>{@code
 * for (DeadLetter letter : deadLetters.list("chat")) {
 *     deadLetters.resubmit("chat", letter.id());
 * }
 * }</pre>
 *
 * @since 0.1
 */
public interface DeadLetters {

	/**
	 * Return the dead letters of a client.
	 * @param client name of the client
	 * @return a copy, oldest first
	 * @throws IllegalArgumentException if no client has this name; the message lists the
	 * names
	 */
	List<DeadLetter> list(String client);

	/**
	 * Send a dead letter again, behind all other messages. It keeps its id and its bytes,
	 * and may be transmitted {@code delivery.max-attempts} times again.
	 * @param client name of the client
	 * @param id id of the message
	 * @return its delivery; see {@link ClientDeadLetters#resubmit}
	 * @throws IllegalArgumentException if no client has this name; the message lists the
	 * names
	 */
	CompletableFuture<Delivery> resubmit(String client, String id);

	/**
	 * Remove a dead letter.
	 * @param client name of the client
	 * @param id id of the message
	 * @return whether a dead letter had this id
	 * @throws IllegalArgumentException if no client has this name; the message lists the
	 * names
	 */
	boolean discard(String client, String id);

}
