package io.github.resilientws.sample.chat;

import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;

/**
 * Sends the work orders of several instances: the row of the order and the message exist
 * both, or neither does.
 */
@Component
@Profile("postgres")
class TransactionalGateway implements WorkOrderGateway {

	private final JdbcClient jdbc;

	private final ResilientWebSocketClient client;

	TransactionalGateway(JdbcClient jdbc, @WebSocketClientName("alerts") ResilientWebSocketClient client) {
		this.jdbc = jdbc;
		this.client = client;
	}

	@Override
	@Transactional
	public CompletableFuture<Delivery> send(WorkOrder order) {
		this.jdbc.sql("INSERT INTO WORK_ORDER (ID, TEXT, PLACED, DISCARDED) VALUES (?, ?, ?, FALSE)")
			.params(order.id(), order.text(), order.at().atOffset(ZoneOffset.UTC))
			.update();
		return this.client.convertAndSend(OrderMessage.of(order), (message) -> message.withId(order.id()));
	}

	// before the dead letter is gone, which would look like an acknowledgement
	@Override
	public void discard(String id) {
		this.jdbc.sql("UPDATE WORK_ORDER SET DISCARDED = TRUE WHERE ID = ?").param(id).update();
		this.client.getDeadLetters().discard(id);
	}

}
