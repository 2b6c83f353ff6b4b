package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of {@code centrifugo.md}, with the messages of the client protocol.
 */
class CentrifugoTests extends Conversation {

	private static final String CONNECT = "{\"id\":1,\"connect\":{\"token\":\"s3cret\"}}\n";

	private static final String CONNECTED = "{\"id\":1,\"connect\":{\"client\":\"421bf374-dd01\",\"version\":\"6.2.0\","
			+ "\"ping\":20,\"pong\":true}}";

	private static final String SUBSCRIBE = "{\"id\":%d,\"subscribe\":{\"channel\":\"news\"}}\n";

	@Test
	void connectsWithItsToken() {
		startConnected();
		assertThat(this.client.isReady()).isTrue();
	}

	@Test
	void expiredTokenIsRefreshed() {
		startFeed("protocol: centrifugo");
		this.client.connect();
		server().text("{\"id\":1,\"error\":{\"code\":109,\"message\":\"token expired\"}}");
		assertThat(server().closeCode()).isEqualTo(1008);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
	}

	@Test
	void rpcIsAnswered() {
		startConnected();
		CompletableFuture<Sum> sum = this.client.convertSendAndReceive("add", List.of(40, 2), Sum.class);
		CompletableFuture<Sum> unknown = this.client.convertSendAndReceive("nothing", null, Sum.class);
		assertSent("{\"id\":2,\"rpc\":{\"method\":\"add\",\"data\":[40,2]}}\n",
				"{\"id\":3,\"rpc\":{\"method\":\"nothing\",\"data\":null}}\n");
		server().text(
				"{\"id\":3,\"error\":{\"code\":104,\"message\":\"method not found\"}}\n{\"id\":2,\"rpc\":{\"data\":{\"sum\":42}}}");
		assertThat(sum).succeedsWithin(LIMIT).isEqualTo(new Sum(42));
		assertThat(refusal(unknown).getPayload(Failure.class)).isEqualTo(new Failure(104, "method not found"));
	}

	@Test
	void subscriptionIsSentOnEachConnectionAndCancelled() {
		startConnected();
		WebSocketSubscription news = subscribe();
		assertSent(SUBSCRIBE.formatted(2));
		server().text(
				"{\"id\":2,\"subscribe\":{}}\n{\"push\":{\"channel\":\"news\",\"pub\":{\"data\":{\"title\":\"a\"}}}}");
		assertReceived(new News("a"));
		assertThat(news.isActive()).isTrue();
		server().lose(3001);
		advance(Duration.ofSeconds(1));
		assertSent(CONNECT);
		server().text(CONNECTED);
		assertSent(SUBSCRIBE.formatted(2));
		news.close();
		assertSent("{\"id\":3,\"unsubscribe\":{\"channel\":\"news\"}}\n");
	}

	@Test
	void refusedSubscriptionEnds() {
		startConnected();
		WebSocketSubscription news = subscribe();
		server().text("{\"id\":2,\"error\":{\"code\":103,\"message\":\"permission denied\"}}");
		assertThat(refusal(news.active()).getPayload(Failure.class)).isEqualTo(new Failure(103, "permission denied"));
	}

	@Test
	void codeOfAnUnsubscribeSaysWhetherToSubscribeAgain() {
		startConnected();
		WebSocketSubscription news = subscribe();
		server().text("{\"id\":2,\"subscribe\":{}}");
		server().text(
				"{\"push\":{\"channel\":\"news\",\"unsubscribe\":{\"code\":2500,\"reason\":\"insufficient state\"}}}");
		advance(Duration.ofSeconds(1));
		assertSent(SUBSCRIBE.formatted(2), SUBSCRIBE.formatted(3));
		server().text("{\"id\":3,\"subscribe\":{}}");
		server().text(
				"{\"push\":{\"channel\":\"news\",\"unsubscribe\":{\"code\":2000,\"reason\":\"server unsubscribe\"}}}");
		assertThat(news.isActive()).isFalse();
		advance(Duration.ofSeconds(1));
		assertSent();
	}

	@Test
	void pingsOfTheServerAreAnsweredAndExpected() {
		startConnected();
		server().text("{}");
		assertSent("{}\n");
		advance(Duration.ofSeconds(30).minusMillis(1));
		assertThat(this.client.isReady()).isTrue();
		advance(Duration.ofMillis(1));
		assertThat(this.client.isReady()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "3000, BACKING_OFF", "3499, BACKING_OFF", "3500, FAILED", "4400, BACKING_OFF", "4500, FAILED" })
	void closeCodesOfTheServer(int code, ConnectionState state) {
		startConnected();
		server().lose(code);
		assertThat(this.client.getState()).isEqualTo(state);
	}

	@Test
	void messageToTheServerHasNoId() {
		startConnected();
		this.client.convertAndSend(Map.of("seen", 7));
		assertSent("{\"send\":{\"data\":{\"seen\":7}}}\n");
	}

	@Test
	void publicationsAreCommandsWithAReplyThatIsHidden() {
		startConnected("publish");
		this.client.addListener((message) -> this.received.add(message.text()));
		this.client.convertAndSend("news", Map.of("title", "a"));
		assertSent("{\"id\":2,\"publish\":{\"channel\":\"news\",\"data\":{\"title\":\"a\"}}}\n");
		server().text("{\"id\":2,\"publish\":{}}\n{\"push\":{\"message\":{}}}");
		assertReceived("{\"push\":{\"message\":{}}}");
	}

	private void startConnected() {
		startConnected("protocol: centrifugo");
	}

	private void startConnected(String part) {
		startFeed(part);
		this.client.connect();
		assertSent(CONNECT);
		server().text(CONNECTED);
	}

	private void startFeed(String part) {
		property("FEED_TOKEN", "s3cret");
		startPage("centrifugo.md", part);
	}

	private WebSocketSubscription subscribe() {
		return this.client.subscribe("news", News.class, this.received::add);
	}

	record News(String title) {

	}

	record Sum(int sum) {

	}

	record Failure(int code, String message) {

	}

}
