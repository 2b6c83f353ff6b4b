package io.github.resilientws.autoconfigure.endpoint;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Operations of the endpoint on a dead letter. They do not wait for its delivery.
 */
final class DeadLetterOperations {

	/** Reasons of a message that was not admitted. */
	private static final List<Reason> REFUSALS = List.of(Reason.REJECTED, Reason.DROPPED, Reason.CLOSED);

	private DeadLetterOperations() {
	}

	static void discard(ResilientWebSocketClient client, String id) {
		if (!client.getDeadLetters().discard(id)) {
			throw new NoSuchElementException("[" + client.getName() + "] no such dead letter exists");
		}
	}

	static void resubmit(ResilientWebSocketClient client, String id) {
		CompletableFuture<Delivery> delivery = client.getDeadLetters().resubmit(id);
		// the future of a refused message has failed when the call returns
		if (delivery.isCompletedExceptionally()) {
			Throwable failure = delivery.handle((result, ex) -> ex).join();
			if (failure instanceof NoSuchElementException unknown) {
				throw unknown;
			}
			if (failure instanceof WebSocketDeliveryException refused && REFUSALS.contains(refused.getReason())) {
				throw new IllegalStateException(refused.getMessage(), refused);
			}
		}
	}

}
