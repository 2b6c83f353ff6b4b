package io.github.resilientws.sample.chat;

import java.util.concurrent.CompletableFuture;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;

/**
 * Sends the work orders of the only instance. The file of the client keeps them.
 */
@Component
@Profile("!postgres")
class LocalGateway implements WorkOrderGateway {

	private final ResilientWebSocketClient client;

	LocalGateway(@WebSocketClientName("alerts") ResilientWebSocketClient client) {
		this.client = client;
	}

	@Override
	public CompletableFuture<Delivery> send(WorkOrder order) {
		return this.client.convertAndSend(OrderMessage.of(order), (message) -> message.withId(order.id()));
	}

	@Override
	public void discard(String id) {
		this.client.getDeadLetters().discard(id);
	}

}
