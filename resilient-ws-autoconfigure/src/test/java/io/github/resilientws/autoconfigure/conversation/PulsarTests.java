package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/pulsar-consumer.yml} and {@code pulsar-producer.yml}.
 */
class PulsarTests extends Conversation {

	@Test
	void messageIsAcknowledgedIfItsListenerReturns() {
		startFile("pulsar-consumer.yml", Orders.class);
		this.client.connect();
		server().text("""
				{"messageId":"CAAQAw==","payload":"SGVsbG8gV29ybGQ=","properties":{"key1":"value1","key2":"value2"},\
				"publishTime":"2016-08-30 16:45:57.785","redeliveryCount":4}""");
		assertSent("""
				{"messageId":"CAAQAw=="}""");
		server()
			.text("""
					{"messageId":"CAAQBA==","payload":"","properties":{},"publishTime":"2016-08-30 16:45:58.785","redeliveryCount":0}""");
		assertSent("""
				{"type":"negativeAcknowledge","messageId":"CAAQBA=="}""");
	}

	@Test
	void messageIsSentAgainUntilItIsAcknowledged() {
		startFile("pulsar-producer.yml");
		this.client.connect();
		CompletableFuture<Delivery> hello = this.client.send(OutboundMessage.text("Hello World").withId("1"));
		assertSent("""
				{"payload":"SGVsbG8gV29ybGQ=","context":"1"}""");
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent("""
				{"payload":"SGVsbG8gV29ybGQ=","context":"1"}""");
		server().text("""
				{"result":"ok","messageId":"CAAQAw==","context":"1"}""");
		assertThat(hello).succeedsWithin(LIMIT);
	}

	@Test
	void refusedMessageFails() {
		startFile("pulsar-producer.yml");
		this.client.connect();
		CompletableFuture<Delivery> hello = this.client.send(OutboundMessage.text("Hello World").withId("1"));
		server().text("""
				{"result":"send-error:3","errorMsg":"Failed to de-serialize from JSON","context":"1"}""");
		assertThat(hello).failsWithin(LIMIT)
			.withThrowableThat()
			.withMessageContaining("Failed to de-serialize from JSON");
	}

	static class Orders {

		@WebSocketListener(client = "pulsar-consumer", payload = "/payload")
		void order(String base64) {
			if (base64.isEmpty()) {
				throw new IllegalArgumentException("no order");
			}
		}

	}

}
