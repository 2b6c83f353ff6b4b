package io.github.resilientws.autoconfigure.endpoint;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * What the endpoint does with a dead letter. Whether it arrives is not waited for.
 */
final class DeadLetterOperations {

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
		CompletableFuture<Delivery> delivery = client.getDeadLetters().resubmit(id);
		// what is refused has failed when the call returns
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
