package io.github.resilientws.internal.request;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests beside messages that are delivered at least once, with a server that answers
 * both in the same form.
 */
class RepliesLikeAcknowledgementsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String SEND = "{\"id\":{{id}},\"method\":{{destination}},\"params\":{{payload}}}";

	private final Rig rig = new Rig((builder) -> builder
		.request((request) -> request.withSend(SEND)
			.withReply("/result", "/id", "/result")
			.withError("/error", "", "/error"))
		.delivery((delivery) -> delivery.atLeastOnce()
			.withEnvelope(SEND)
			.withAck("/result", "/id")
			.withNack("/error", "/id", "/error")))
		.connect();

	@Test
	void eachIsFoundByItsId() {
		CompletableFuture<Delivery> accepted = send("a");
		CompletableFuture<Delivery> refused = send("b");
		CompletableFuture<Integer> reply = this.rig.client.convertSendAndReceive("m", 1, Integer.class);
		this.rig.connection().text("{\"id\":\"a\",\"result\":0}");
		this.rig.connection().text("{\"id\":\"b\",\"error\":\"full\"}");
		this.rig.connection().text("{\"id\":1,\"result\":4}");
		assertThat(accepted).succeedsWithin(LIMIT);
		assertThat(refused).failsWithin(LIMIT);
		assertThat(((WebSocketDeliveryException) Rig.failure(refused)).getReason()).isEqualTo(Reason.NEGATIVE);
		assertThat(reply.join()).isEqualTo(4);
	}

	@Test
	void lateOnesAreHidden() {
		this.rig.connection().text("{\"id\":\"a\",\"result\":0}");
		this.rig.connection().text("{\"id\":1,\"error\":0}");
		this.rig.connection().text("end");
		await().until(() -> this.rig.received.contains("end"));
		assertThat(this.rig.received).containsExactly("end");
	}

	@Test
	void anAcknowledgementWithTheIdOfARequestChangesNothing() {
		Rig acknowledged = new Rig((builder) -> builder
			.request((request) -> request.withSend(SEND).withReply("/result", "/id", "/result"))
			.delivery((delivery) -> delivery.atLeastOnce().withAck("/ack", "/ack").withNack("/nack", "/nack", "/nack")))
			.connect();
		acknowledged.connection().holdWrites();
		CompletableFuture<InboundMessage> reply = acknowledged.client
			.sendAndReceive(OutboundMessage.of(1).withDestination("m").withId("a"));
		acknowledged.connection().text("{\"ack\":\"a\"}");
		acknowledged.connection().releaseWrites();
		acknowledged.connection().text("{\"id\":\"a\",\"result\":0}");
		assertThat(reply).succeedsWithin(LIMIT);
		assertThat(acknowledged.attempts()).isOne();
		assertThat(acknowledged.client.isReady()).isTrue();
	}

	private CompletableFuture<Delivery> send(String id) {
		return this.rig.client.send(OutboundMessage.of(1).withDestination("m").withId(id));
	}

}
