package io.github.resilientws.autoconfigure.endpoint;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.github.resilientws.ClientStatus;
import io.github.resilientws.ResilientWebSocketClient;

/**
 * Starts an operation of a client and waits until the client has accepted or refused it,
 * but not for its result. A refusal completes the future after all earlier events.
 */
final class OperationAwaiter {

	/** A listener of events may block the refusal without limit. */
	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final long POLL_MILLIS = 10;

	private OperationAwaiter() {
	}

	/**
	 * Start an operation and wait until it is accepted.
	 * @param client the client
	 * @param operation the operation
	 * @throws IllegalStateException if it is not possible in the client's state
	 */
	static void await(ResilientWebSocketClient client,
			Function<ResilientWebSocketClient, CompletableFuture<Void>> operation) {
		ClientStatus before = client.getStatus();
		CompletableFuture<Void> end = operation.apply(client);
		long deadline = System.nanoTime() + LIMIT.toNanos();
		while (!isKnown(end) && !hasMoved(client, before) && System.nanoTime() - deadline < 0) {
			// isKnown waits between two checks
		}
	}

	private static boolean isKnown(CompletableFuture<Void> end) {
		try {
			end.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof IllegalStateException refused) {
				throw refused;
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

	private static boolean hasMoved(ResilientWebSocketClient client, ClientStatus before) {
		return !client.getStatus().transitions().equals(before.transitions());
	}

}
