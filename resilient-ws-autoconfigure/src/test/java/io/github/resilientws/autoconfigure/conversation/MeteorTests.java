package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/meteor.yml}.
 */
class MeteorTests extends Conversation {

	private static final OutboundMessage LISTS = OutboundMessage.of(List.of("public")).withDestination("lists");

	@BeforeEach
	void start() {
		startFile("meteor.yml");
		this.client.addListener((message) -> this.received.add(message.text()));
		this.client.connect();
	}

	@Test
	void anotherVersionStopsTheClient() {
		server().text("""
				{"msg":"failed","version":"2"}""");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.FAILED);
	}

	@Test
	void bothSidesPing() {
		connected();
		server().text("""
				{"msg":"ping","id":"x"}""");
		server().text("""
				{"msg":"ping"}""");
		assertSent("""
				{"msg":"pong","id":"x"}""", """
				{"msg":"pong"}""");
		advance(Duration.ofSeconds(30));
		assertSent("""
				{"msg":"ping"}""");
		server().text("""
				{"msg":"pong"}""");
		server().text("""
				{"server_id":"0"}""");
		assertReceived("""
				{"server_id":"0"}""");
	}

	@Test
	void methodsHaveResults() {
		connected();
		CompletableFuture<InboundMessage> method = this.client
			.sendAndReceive(OutboundMessage.of(List.of("a", 1)).withDestination("addItem").withId("m1"));
		CompletableFuture<InboundMessage> unknown = this.client
			.sendAndReceive(OutboundMessage.empty().withDestination("nothing").withId("m2"));
		assertSent("""
				{"msg":"method","id":"m1","method":"addItem","params":["a",1]}""", """
				{"msg":"method","id":"m2","method":"nothing","params":[]}""");
		server().text("""
				{"msg":"result","id":"m1","result":7}""");
		server().text("""
				{"msg":"result","id":"m2","error":{"error":404,"reason":"Method 'nothing' not found",\
				"message":"Method 'nothing' not found [404]","errorType":"Meteor.Error"}}""");
		assertThat(method).succeedsWithin(LIMIT).extracting(InboundMessage::text).isEqualTo("""
				{"msg":"result","id":"m1","result":7}""");
		assertThat(refusal(unknown).getPayload(Refusal.class).reason()).isEqualTo("Method 'nothing' not found");
	}

	@Test
	void subscribesOnEachConnection() {
		connected();
		WebSocketSubscription lists = this.client.subscribe(LISTS, (message) -> {
		});
		String id = subscriptionId();
		server().text("""
				{"msg":"added","collection":"lists","id":"CpHqvqTsb","fields":{"name":"Languages"}}""");
		assertReceived("""
				{"msg":"added","collection":"lists","id":"CpHqvqTsb","fields":{"name":"Languages"}}""");

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		connected();
		String next = subscriptionId();
		assertThat(next).isNotEqualTo(id);
		lists.close();
		assertSent("""
				{"msg":"unsub","id":"%s"}""".formatted(next));
	}

	@Test
	void unknownSubscriptionIsRefused() {
		connected();
		WebSocketSubscription lists = this.client.subscribe(LISTS, (message) -> {
		});
		server().text("""
				{"msg":"nosub","id":"%s","error":{"error":404,"reason":"Subscription 'lists' not found",\
				"message":"Subscription 'lists' not found [404]","errorType":"Meteor.Error"}}"""
			.formatted(subscriptionId()));
		assertThat(lists.isActive()).isFalse();
	}

	private void connected() {
		assertSent("""
				{"msg":"connect","version":"1","support":["1"]}""");
		server().text("""
				{"msg":"connected","session":"jt8nq2hbXSRvY9qLm"}""");
	}

	private String subscriptionId() {
		String sent = nextSent(1).get(0);
		String id = sent.split("\"")[7];
		assertThat(sent).isEqualTo("""
				{"msg":"sub","id":"%s","name":"lists","params":["public"]}""".formatted(id));
		return id;
	}

	record Refusal(String reason) {

	}

}
