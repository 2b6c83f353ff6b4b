package io.github.resilientws;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The messages that clients gave up. Each client keeps the newest 1,000; with a durable
 * store they survive a restart. May be called from any thread.
 */
public interface DeadLetters {

	/**
	 * Return the dead letters of a client.
	 * @param client name of the client
	 * @return its dead letters, the oldest first
	 * @throws IllegalArgumentException if there is no such client; the message lists the
	 * names
	 */
	List<DeadLetter> list(String client);

	/**
	 * Send a dead letter again, behind all other messages, with the same id and bytes and
	 * all its attempts.
	 * @param client name of the client
	 * @param id id of the message
	 * @return its delivery; see {@link ClientDeadLetters#resubmit}
	 * @throws IllegalArgumentException if there is no such client; the message lists the
	 * names
	 */
	CompletableFuture<Delivery> resubmit(String client, String id);

	/**
	 * Forget a dead letter.
	 * @param client name of the client
	 * @param id id of the message
	 * @return whether there was one; see {@link ClientDeadLetters#discard}
	 * @throws IllegalArgumentException if there is no such client; the message lists the
	 * names
	 */
	boolean discard(String client, String id);

}
