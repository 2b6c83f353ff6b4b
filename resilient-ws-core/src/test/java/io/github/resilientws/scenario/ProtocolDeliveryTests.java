package io.github.resilientws.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.DeliverySettings.IdType;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Delivery at least once by protocols that others have made.
 */
class ProtocolDeliveryTests {

	private static final Duration LIMIT = DeliveryContractTests.LIMIT;

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private TestWebSocketServer server;

	@BeforeEach
	void startServer() {
		this.server = this.scenario.server();
	}

	@Test
	void payloadsBringTheirIdAndGoOutVerbatim() throws Exception {
		this.server.answerAcks();
		ResilientWebSocketClient client = connect((delivery) -> delivery.withId("/id"));
		String text = "{ \"price\": 1.50, \"id\": \"order-1\" }";

		assertDelivered(client.send(text), "order-1");
		assertDelivered(client.convertAndSend(Map.of("id", 2)), "2");

		assertThat(this.server.seen().texts()).containsExactly(text, "{\"id\":2}");
	}

	@Test
	void payloadWithoutIdOrWithOneThatIsUnderWayIsRefused() throws Exception {
		ResilientWebSocketClient client = connect((delivery) -> delivery.withId("/id"));
		CompletableFuture<Delivery> first = client.send("{\"id\":\"a\"}");
		this.server.seen().awaitTexts(1, LIMIT);

		assertRefused(client.send("{\"id\":\"a\",\"again\":true}"), Reason.REJECTED);
		assertRefused(client.send("{\"ID\":\"a\"}"), Reason.REJECTED);
		assertRefused(client.send("no JSON"), Reason.REJECTED);

		assertThat(first).isNotDone();
		this.server.push("{\"type\":\"ack\",\"messageId\":\"a\"}");
		assertDelivered(first, "a");
		assertThat(this.server.seen().textCount()).isOne();
	}

	@Test
	void ocppCallsAreAcknowledgedByTheirResults() throws Exception {
		this.server.on("/2 = Reset").reply("[4,{{1}},\"NotSupported\",\"never heard of it\",{}]");
		this.server.on("/0 = 2").reply("[3,{{1}},{\"status\":\"Accepted\"}]");
		ResilientWebSocketClient client = connect(
				(delivery) -> delivery.withId("/1").withAck("/0 = 3", "/1").withNack("/0 = 4", "", "/3").withWindow(1));

		CompletableFuture<Delivery> boot = client.send("[2,\"19223201\",\"BootNotification\",{}]");
		CompletableFuture<Delivery> reset = client.send("[2,\"19223202\",\"Reset\",{}]");
		CompletableFuture<Delivery> heartbeat = client.send("[2,\"19223203\",\"Heartbeat\",{}]");

		assertDelivered(boot, "19223201");
		assertRefused(reset, Reason.NEGATIVE);
		assertThat(Sends.failure(reset)).hasMessageContaining("never heard of it");
		assertDelivered(heartbeat, "19223203");
		assertThat(this.server.seen().texts()).containsExactly("[2,\"19223201\",\"BootNotification\",{}]",
				"[2,\"19223202\",\"Reset\",{}]", "[2,\"19223203\",\"Heartbeat\",{}]");
	}

	@Test
	void phoenixRepliesAcknowledgeByStatus() throws Exception {
		this.server.on("/4/body = rude")
			.reply("[\"1\",{{1}},\"room\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":\"rude\"}}]");
		this.server.on("/3 = new_msg")
			.reply("[\"1\",{{1}},\"room\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
		ResilientWebSocketClient client = connect((delivery) -> delivery.withId("/1")
			.withAck("/3 = phx_reply && /4/status = ok", "/1")
			.withNack("/3 = phx_reply && /4/status = error", "/1", "/4/response/reason"));

		CompletableFuture<Delivery> kind = client.send("[\"1\",\"5\",\"room\",\"new_msg\",{\"body\":\"hello\"}]");
		CompletableFuture<Delivery> rude = client.send("[\"1\",\"6\",\"room\",\"new_msg\",{\"body\":\"rude\"}]");

		assertDelivered(kind, "5");
		assertRefused(rude, Reason.NEGATIVE);
		assertThat(Sends.failure(rude)).hasMessageContaining("rude");
	}

	@Test
	void jsonRpcRequestsHaveNumbersThatGrow() throws Exception {
		Pattern id = Pattern.compile("\"id\":(\\d+)");
		this.server.on("/params/0 = wrong")
			.reply("{\"jsonrpc\":\"2.0\",\"id\":{{id}},\"error\":{\"code\":-32602,\"message\":\"invalid params\"}}");
		this.server.on("/method").reply("{\"jsonrpc\":\"2.0\",\"id\":{{id}},\"result\":null}");
		ResilientWebSocketClient client = connect((delivery) -> delivery
			.withEnvelope("{\"jsonrpc\":\"2.0\",\"id\":{{id}},\"method\":\"eth_call\",\"params\":{{payload}}}",
					IdType.SEQUENCE)
			.withAck("/result", "/id")
			.withNack("/error", "/id", "/error/message"));

		List<CompletableFuture<Delivery>> sent = List.of(client.convertAndSend(List.of("right", true)),
				client.convertAndSend(List.of("wrong")), client.convertAndSend(List.of("right", 1.5)));

		assertThat(sent.get(0)).succeedsWithin(LIMIT);
		assertThat(sent.get(2)).succeedsWithin(LIMIT);
		assertRefused(sent.get(1), Reason.NEGATIVE);
		assertThat(Sends.failure(sent.get(1))).hasMessageContaining("invalid params");
		List<String> texts = this.server.seen().texts();
		assertThat(texts.get(0))
			.matches("\\{\"jsonrpc\":\"2.0\",\"id\":\\d+,\"method\":\"eth_call\",\"params\":\\[\"right\",true]}");
		assertThat(texts).extracting((text) -> {
			Matcher matcher = id.matcher(text);
			assertThat(matcher.find()).isTrue();
			return Long.valueOf(matcher.group(1));
		}).isSorted().doesNotHaveDuplicates();
		assertThat(texts.get(2)).contains("\"id\":" + sent.get(2).join().id() + ",");
	}

	@Test
	void socketIoAcknowledgesByTheDigitsInItsPrefix() throws Exception {
		this.server.on("~^42\\d+\\[").reply((text) -> text.replaceAll("^42(\\d+).*", "43$1[\"ok\"]"));
		ResilientWebSocketClient client = connect(
				(delivery) -> delivery.withId("~^42(\\d+)").withAck("", "~^43(\\d+)").withWindow(1));

		CompletableFuture<Delivery> first = client.send("4212[\"ev\"]");
		CompletableFuture<Delivery> second = client.send("4213[\"ev\"]");

		assertDelivered(first, "12");
		assertDelivered(second, "13");
		assertThat(this.server.seen().texts()).containsExactly("4212[\"ev\"]", "4213[\"ev\"]");
	}

	@Test
	void findingAnIdIsTheMatchWithoutAMatcher() throws Exception {
		this.server.on("/id").reply("{\"ok\":{{id}}}");
		ResilientWebSocketClient client = connect((delivery) -> delivery.withAck("", "/ok"));

		assertThat(client.send("one")).succeedsWithin(LIMIT);
		assertThat(client.send("two")).succeedsWithin(LIMIT);
	}

	@Test
	void binaryBringsItsId() throws Exception {
		ResilientWebSocketClient client = connect((delivery) -> delivery.withId("/id"));
		byte[] bytes = "{\"id\":\"ü\",\"data\":[1,2]}".getBytes(StandardCharsets.UTF_8);

		CompletableFuture<Delivery> sent = client.send(ByteBuffer.wrap(bytes));
		this.server.seen().awaitReceived(Kind.BINARY, 1, LIMIT);
		this.server.push("{\"type\":\"ack\",\"messageId\":\"ü\"}");

		assertDelivered(sent, "ü");
		assertThat(this.server.seen().received(Kind.BINARY)).singleElement()
			.satisfies((message) -> assertThat(message.bytes()).isEqualTo(bytes));
		assertRefused(client.send(ByteBuffer.wrap(new byte[] { 1, 2, 3 })), Reason.REJECTED);
	}

	private ResilientWebSocketClient connect(UnaryOperator<DeliverySettings> delivery) throws Exception {
		return this.scenario.connect(this.scenario.builder(this.server.url())
			.delivery((defaults) -> delivery.apply(defaults.atLeastOnce().withAckTimeout(LIMIT)))
			.heartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofMinutes(1)).withTimeout(LIMIT))
			.shutdownTimeout(Duration.ofMillis(200)));
	}

	private static void assertDelivered(CompletableFuture<Delivery> future, String id) {
		assertThat(future).succeedsWithin(LIMIT).extracting(Delivery::id).isEqualTo(id);
	}

	private static void assertRefused(CompletableFuture<Delivery> future, Reason reason) {
		await().atMost(LIMIT).until(future::isDone);
		WebSocketDeliveryException failure = Sends.failure(future);
		assertThat(failure.getReason()).isEqualTo(reason);
	}

}
