package io.github.resilientws.autoconfigure.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * What the endpoint does with a dead letter. Whether it arrives is not waited for.
 */
final class DeadLetterOperations {

	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final long POLL_MILLIS = 10;

	/** What ends a message that was not admitted. */
	private static final List<Reason> REFUSALS = List.of(Reason.REJECTED, Reason.DROPPED, Reason.CLOSED);

	private DeadLetterOperations() {
	}

	static void discard(ResilientWebSocketClient client, String id) {
		if (!client.getDeadLetters().discard(id)) {
			throw new NoSuchElementException("[" + client.getName() + "] there is no such dead letter");
		}
	}

	static void resubmit(ResilientWebSocketClient client, String id) {
		ClientDeadLetters letters = client.getDeadLetters();
		CompletableFuture<Delivery> delivery = letters.resubmit(id);
		long deadline = System.nanoTime() + LIMIT.toNanos();
		while (!isKnown(delivery) && isThere(letters, id) && System.nanoTime() - deadline < 0) {
			// neither yet
		}
	}

	private static boolean isThere(ClientDeadLetters letters, String id) {
		return letters.list().stream().anyMatch((letter) -> letter.id().equals(id));
	}

	private static boolean isKnown(CompletableFuture<Delivery> delivery) {
		try {
			delivery.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof NoSuchElementException unknown) {
				throw unknown;
			}
			if (ex.getCause() instanceof WebSocketDeliveryException failed && REFUSALS.contains(failed.getReason())) {
				throw new IllegalStateException(failed.getMessage(), failed);
			}
			// accepted, and already failed
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

}
