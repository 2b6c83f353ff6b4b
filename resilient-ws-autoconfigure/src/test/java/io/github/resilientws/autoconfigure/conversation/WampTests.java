package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/protocols/wamp.yml}.
 */
class WampTests extends Conversation {

	@BeforeEach
	void start() {
		startFile("wamp.yml", Callee.class);
		this.client.connect();
	}

	@Test
	void unknownRealmStopsTheClient() {
		assertThat(server().request().subprotocols()).containsExactly("wamp.2.json");
		server().text("""
				[3,{"message":"The realm does not exist."},"wamp.error.no_such_realm"]""");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.FAILED);
	}

	@Test
	void callsHaveReplies() {
		welcome();
		CompletableFuture<String> echo = this.client.convertSendAndReceive("com.myapp.echo", List.of("Hello world!"),
				String.class);
		CompletableFuture<Object> unknown = this.client.convertSendAndReceive("com.myapp.ping", null, Object.class);
		assertSent("""
				[48,1,{},"com.myapp.echo",["Hello world!"]]""", """
				[48,2,{},"com.myapp.ping",[]]""");

		server().text("""
				[8,48,2,{},"wamp.error.no_such_procedure"]""");
		server().text("""
				[50,1,{},["Hello world!"]]""");
		assertThat(echo).succeedsWithin(LIMIT).isEqualTo("Hello world!");
		assertThat(refusal(unknown).getPayload(String.class)).isEqualTo("wamp.error.no_such_procedure");
	}

	@Test
	void publishes() {
		welcome();
		this.client.convertAndSend("com.myapp.mytopic1", "Hello, world!");
		assertSent("""
				[16,1,{},"com.myapp.mytopic1",["Hello, world!"]]""");
	}

	@Test
	void subscriptionHasTheNumberThatTheRouterGivesOnEachConnection() {
		welcome();
		WebSocketSubscription topic = this.client.subscribe("com.myapp.mytopic1", String.class, this.received::add);
		assertSent("""
				[32,1,{},"com.myapp.mytopic1"]""");
		server().text("[33,1,5512315355]");
		assertThat(topic.active()).succeedsWithin(LIMIT);
		server().text("""
				[36,5512315355,4429313566,{},["Hello, world!"]]""");
		assertReceived("Hello, world!");

		server().lose(1006);
		advance(Duration.ofSeconds(1));
		welcome();
		assertSent("""
				[32,1,{},"com.myapp.mytopic1"]""");
		server().text("[33,1,7101245]");
		server().text("""
				[36,7101245,4429313567,{},["Hello again!"]]""");
		assertReceived("Hello, world!", "Hello again!");
		topic.close();
		assertSent("[34,2,7101245]");
		server().text("[35,2]");
	}

	@Test
	void invocationsAreAnswered() {
		welcome();
		server().text("""
				[68,6131533,9823526,{},["Hello, world!"]]""");
		assertSent("""
				[70,6131533,{},["HELLO, WORLD!"]]""");
		server().text("""
				[68,6131534,9823526,{},[""]]""");
		assertSent("""
				[8,68,6131534,{},"app.error",["internal error"]]""");
	}

	private void welcome() {
		assertSent("""
				[1,"realm1",{"roles":{"publisher":{},"subscriber":{},"caller":{},"callee":{}}}]""");
		server().text("""
				[2,9129137332,{"roles":{"broker":{},"dealer":{}}}]""");
	}

	static class Callee {

		@WebSocketListener(client = "wamp", when = "/0 = 68", payload = "/4/0")
		String upperCase(String text) {
			if (text.isEmpty()) {
				throw new IllegalArgumentException("no text");
			}
			return text.toUpperCase();
		}

	}

}
