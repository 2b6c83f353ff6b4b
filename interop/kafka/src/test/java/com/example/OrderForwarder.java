package com.example;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;

@Component
class OrderForwarder {

	private static final Logger logger = LoggerFactory.getLogger(OrderForwarder.class);

	private static final int ATTEMPTS = 60;

	private final Executor aSecondLater = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

	private final ResilientWebSocketClient shop;

	private final KafkaTemplate<String, String> kafka;

	OrderForwarder(@WebSocketClientName("shop") ResilientWebSocketClient shop, KafkaTemplate<String, String> kafka) {
		this.shop = shop;
		this.kafka = kafka;
	}

	@KafkaListener(topics = "orders")
	CompletableFuture<Void> forward(ConsumerRecord<String, String> record) {
		return forward(record, ATTEMPTS);
	}

	private CompletableFuture<Void> forward(ConsumerRecord<String, String> record, int attempts) {
		// the same id after a restart, so that the server recognises a repetition
		String id = record.topic() + "-" + record.partition() + "-" + record.offset();
		return this.shop.send(OutboundMessage.text(record.value()).withId(id))
			.<Void>thenApply((delivery) -> null)
			.exceptionallyCompose((failure) -> recover(record, attempts - 1, failure.getCause()));
	}

	private CompletableFuture<Void> recover(ConsumerRecord<String, String> record, int attempts, Throwable failure) {
		Reason reason = (failure instanceof WebSocketDeliveryException exception) ? exception.getReason() : null;
		if (reason == Reason.CLOSED) {
			return keep(record, failure);
		}
		if (reason == Reason.REJECTED && attempts > 0) {
			return CompletableFuture.runAsync(() -> {
			}, this.aSecondLater).thenCompose((waited) -> forward(record, attempts));
		}
		return this.kafka.send("orders-dlt", record.key(), record.value())
			.<Void>thenApply((result) -> null)
			.exceptionallyCompose((problem) -> keep(record, problem));
	}

	// the offset is not committed, so the next instance forwards the record
	private CompletableFuture<Void> keep(ConsumerRecord<String, String> record, Throwable failure) {
		logger.error("Record {} of partition {} waits for a restart", record.offset(), record.partition(), failure);
		return new CompletableFuture<>();
	}

}
