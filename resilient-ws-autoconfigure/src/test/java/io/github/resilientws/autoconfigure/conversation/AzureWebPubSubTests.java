package io.github.resilientws.autoconfigure.conversation;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/azure-web-pubsub.yml}.
 */
class AzureWebPubSubTests extends Conversation {

	@BeforeEach
	void start() {
		startFile("azure-web-pubsub.yml", Chat.class);
		this.client.connect();
	}

	@Test
	void sessionIsRecoveredUntilItIsGone() {
		assertThat(server().request().subprotocols()).containsExactly("json.reliable.webpubsub.azure.v1");
		assertThat(server().request().url())
			.hasToString("wss://my.webpubsub.azure.com/client/hubs/hub1?access_token=1");
		connected("aA1=");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertThat(server().request().url()).hasToString("wss://my.webpubsub.azure.com/client/hubs/hub1"
				+ "?awps_connection_id=abcdefghijklmnop&awps_reconnection_token=aA1%3D");
		connected("bB2=");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);

		server().lose(1008);
		advance(Duration.ofSeconds(1));
		assertThat(server().request().url())
			.hasToString("wss://my.webpubsub.azure.com/client/hubs/hub1?access_token=2");
	}

	@Test
	void messageOfAGroupIsAcknowledgedWhenItsListenerHasReturned() {
		connected("aA1=");
		assertSent("""
				{"type":"joinGroup","group":"group1","ackId":1}""");
		server().text("""
				{"type":"ack","ackId":1,"success":true}""");
		server().text("""
				{"sequenceId":1,"type":"message","from":"group","group":"group1","dataType":"json",\
				"data":{"Hello":"World"},"fromUserId":"abc"}""");
		assertSent("""
				{"type":"sequenceAck","sequenceId":1}""");
		assertThat(bean(Chat.class).text).isEqualTo("World");
	}

	@Test
	void messageToAGroupIsSentAgainUntilItIsAcknowledged() {
		connected("aA1=");
		assertSent("""
				{"type":"joinGroup","group":"group1","ackId":1}""");
		CompletableFuture<Delivery> sent = this.client.convertAndSend("group1", "sent");
		CompletableFuture<Delivery> lost = this.client.convertAndSend("group1", "lost");
		CompletableFuture<Delivery> refused = this.client.convertAndSend("group2", "refused");
		assertSent("""
				{"type":"sendToGroup","group":"group1","ackId":1767225600000001,"dataType":"json","data":"sent"}""", """
				{"type":"sendToGroup","group":"group1","ackId":1767225600000002,"dataType":"json","data":"lost"}""", """
				{"type":"sendToGroup","group":"group2","ackId":1767225600000003,"dataType":"json","data":"refused"}""");
		server().text("""
				{"type":"ack","ackId":1767225600000001,"success":true}""");
		server().text("""
				{"type":"ack","ackId":1767225600000003,"success":false,\
				"error":{"name":"Forbidden","message":"no permission"}}""");
		assertThat(sent).succeedsWithin(LIMIT);
		assertThat(refused).failsWithin(LIMIT).withThrowableThat().withMessageContaining("Forbidden");

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		connected("bB2=");
		assertSent("""
				{"type":"joinGroup","group":"group1","ackId":1}""", """
				{"type":"sendToGroup","group":"group1","ackId":1767225600000002,"dataType":"json","data":"lost"}""");
		server().text("""
				{"type":"ack","ackId":1767225600000002,"success":false,\
				"error":{"name":"Duplicate","message":"sent before"}}""");
		assertThat(lost).succeedsWithin(LIMIT);
	}

	@Test
	void eventForTheUpstreamServerIsARequest() {
		connected("aA1=");
		assertSent("""
				{"type":"joinGroup","group":"group1","ackId":1}""");
		CompletableFuture<Void> order = this.client.convertSendAndReceive("order", Map.of("number", 7), Void.class);
		CompletableFuture<Void> unknown = this.client.convertSendAndReceive("unknown", null, Void.class);
		assertSent("""
				{"type":"event","event":"order","ackId":2,"dataType":"json","data":{"number":7}}""", """
				{"type":"event","event":"unknown","ackId":3,"dataType":"json","data":null}""");
		server().text("""
				{"type":"ack","ackId":2,"success":true}""");
		server()
			.text("""
					{"type":"ack","ackId":3,"success":false,"error":{"name":"InternalServerError","message":"no such event"}}""");
		assertThat(order).succeedsWithin(LIMIT);
		assertThat(refusal(unknown).getPayload(Refusal.class).name()).isEqualTo("InternalServerError");
	}

	@Test
	void otherSubscriptionsReceiveMessagesWithoutAnAcknowledgement() {
		connected("aA1=");
		WebSocketSubscription group = this.client.subscribe("group2", Map.class, this.received::add);
		assertSent("""
				{"type":"joinGroup","group":"group1","ackId":1}""", """
				{"type":"joinGroup","group":"group2","ackId":2}""");
		server().text("""
				{"type":"ack","ackId":2,"success":true}""");
		assertThat(group.active()).succeedsWithin(LIMIT);
		server().text("""
				{"sequenceId":1,"type":"message","from":"group","group":"group2","dataType":"json",\
				"data":{"Hello":"World"},"fromUserId":"abc"}""");
		assertReceived(Map.of("Hello", "World"));
		group.close();
		assertSent("""
				{"type":"leaveGroup","group":"group2","ackId":3}""");
	}

	private void connected(String reconnectionToken) {
		server().text("""
				{"type":"system","event":"connected","userId":"user1","connectionId":"abcdefghijklmnop",\
				"reconnectionToken":"%s"}""".formatted(reconnectionToken));
	}

	record Refusal(String name, String message) {

	}

	static class Chat {

		private int tokens;

		private volatile String text;

		@Bean
		HandshakeCustomizer negotiate() {
			return (handshake) -> {
				if (handshake.getValue("connection") == null) {
					// the response of your server, which has the key
					handshake.setUrl(
							URI.create("wss://my.webpubsub.azure.com/client/hubs/hub1?access_token=" + ++this.tokens));
				}
			};
		}

		@WebSocketListener(client = "azure-web-pubsub", subscribe = "group1", payload = "/data/Hello")
		void message(String text) {
			this.text = text;
		}

	}

}
