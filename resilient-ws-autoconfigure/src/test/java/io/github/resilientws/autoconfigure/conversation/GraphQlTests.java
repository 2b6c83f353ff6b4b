package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of {@code graphql-transport-ws.md}.
 */
class GraphQlTests extends Conversation {

	private static final String INIT = "{\"type\":\"connection_init\",\"payload\":{\"authorization\":\"Bearer s3cret\"}}";

	private static final String ACK = "{\"type\":\"connection_ack\"}";

	private static final String QUERY = "query($id: ID!) { item(id: $id) { name } }";

	@Test
	void logsIn() {
		startConnected();
		assertThat(server().request().subprotocols()).containsExactly("graphql-transport-ws");
		assertThat(this.client.isReady()).isTrue();
	}

	@Test
	void queriesAndMutationsAreRequests() {
		startConnected();
		this.client.addListener((message) -> this.received.add(message.text()));
		CompletableFuture<Data> tea = this.client.convertSendAndReceive(QUERY, Map.of("id", "7"), Data.class);
		CompletableFuture<Data> cup = this.client.convertSendAndReceive("{ item(id: \"8\") { name } }", null,
				Data.class);
		assertSent(subscribe(1, QUERY, "{\"id\":\"7\"}"), subscribe(2, "{ item(id: \\\"8\\\") { name } }", "null"));
		server().text("{\"id\":\"2\",\"type\":\"next\",\"payload\":{\"data\":{\"item\":{\"name\":\"cup\"}}}}");
		server().text("{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"item\":{\"name\":\"tea\"}}}}");
		assertThat(tea).succeedsWithin(LIMIT).isEqualTo(new Data(new Item("tea")));
		assertThat(cup).succeedsWithin(LIMIT).isEqualTo(new Data(new Item("cup")));
		// listeners see neither the end of a query nor an answer
		server().text("{\"id\":\"1\",\"type\":\"complete\"}");
		server().text("{\"id\":\"2\",\"type\":\"complete\"}");
		server().text("{\"type\":\"other\"}");
		assertReceived("{\"type\":\"other\"}");
	}

	@Test
	void refusedQueries() {
		startConnected();
		CompletableFuture<Data> invalid = this.client.convertSendAndReceive("{ nothing }", null, Data.class);
		server().text("{\"id\":\"1\",\"type\":\"error\",\"payload\":[{\"message\":\"Cannot query field\"}]}");
		assertThat(refusal(invalid).getPayload(Failure[].class)).containsExactly(new Failure("Cannot query field"));
		CompletableFuture<Data> failed = this.client.convertSendAndReceive(QUERY, Map.of("id", "0"), Data.class);
		server().text(
				"{\"id\":\"2\",\"type\":\"next\",\"payload\":{\"errors\":[{\"message\":\"no such item\"}],\"data\":null}}");
		assertThat(refusal(failed).getPayload(Result.class).errors()).containsExactly(new Failure("no such item"));
	}

	@Test
	void subscriptionIsSentOnEachConnectionAndCompletedByUs() {
		startConnected();
		WebSocketSubscription prices = subscribe((message) -> this.received.add(message.text()));
		String subscribe = subscribe(1, "subscription($id: ID!) { price(id: $id) }", "{\"id\":\"7\"}");
		assertSent(subscribe);
		server().text("{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"price\":1.5}}}");
		assertReceived("{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"price\":1.5}}}");
		this.received.clear();
		// errors in an event do not end a subscription
		String event = "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"errors\":[{\"message\":\"no price\"}],\"data\":null}}";
		server().text(event);
		assertReceived(event);
		assertThat(prices.isActive()).isTrue();
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent(INIT);
		server().text(ACK);
		assertSent(subscribe);
		prices.close();
		assertSent("{\"id\":\"1\",\"type\":\"complete\"}");
	}

	@Test
	void serverEndsOrRefusesASubscription() {
		startConnected();
		WebSocketSubscription first = subscribe((message) -> {
		});
		assertThat(first.isActive()).isTrue();
		server().text("{\"id\":\"1\",\"type\":\"complete\"}");
		assertThat(first.isActive()).isFalse();
		WebSocketSubscription second = subscribe((message) -> {
		});
		server().text("{\"id\":\"2\",\"type\":\"error\",\"payload\":[{\"message\":\"not allowed\"}]}");
		assertThat(second.isActive()).isFalse();
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent(INIT);
		server().text(ACK);
		assertSent();
	}

	@Test
	void bothSidesPing() {
		startConnected();
		server().text("{\"type\":\"ping\"}");
		assertSent("{\"type\":\"pong\"}");
		advance(Duration.ofSeconds(30));
		assertSent("{\"type\":\"ping\"}");
		server().text("{\"type\":\"pong\"}");
		advance(Duration.ofSeconds(30));
		assertSent("{\"type\":\"ping\"}");
		advance(Duration.ofSeconds(10));
		assertThat(this.client.isReady()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "4400, FAILED", "4406, FAILED", "4409, FAILED", "4429, FAILED", "4403, BACKING_OFF",
			"4500, BACKING_OFF" })
	void closeCodesOfTheServer(int code, ConnectionState state) {
		startConnected();
		server().lose(code);
		assertThat(this.client.getState()).isEqualTo(state);
	}

	private void startConnected() {
		property("SHOP_TOKEN", "s3cret");
		startPage("graphql-transport-ws.md", "init");
		this.client.connect();
		assertSent(INIT);
		server().text(ACK);
	}

	private WebSocketSubscription subscribe(WebSocketMessageListener listener) {
		return this.client.subscribe(
				OutboundMessage.of(Map.of("id", "7")).withDestination("subscription($id: ID!) { price(id: $id) }"),
				listener);
	}

	private static String subscribe(int id, String query, String variables) {
		return "{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":\"" + query + "\",\"variables\":"
				+ variables + "}}";
	}

	record Data(Item item) {

	}

	record Item(String name) {

	}

	record Result(List<Failure> errors) {

	}

	record Failure(String message) {

	}

}
