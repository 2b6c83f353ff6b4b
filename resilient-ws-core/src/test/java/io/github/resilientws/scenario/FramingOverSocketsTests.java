package io.github.resilientws.scenario;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.internal.framing.Compressed;
import io.github.resilientws.settings.FramingSettings.Binary;
import io.github.resilientws.settings.SessionSettings.Step;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Framing on the wire, over both transports.
 */
class FramingOverSocketsTests {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final List<String> heard = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void stompReceiptsAcknowledgeMessages(boolean spring) throws Exception {
		use(spring);
		TestWebSocketServer server = this.scenario.server()
			.on((text) -> text.startsWith("CONNECT\n"))
			.reply("CONNECTED\nversion:1.2\n\n\0\n")
			.on((text) -> text.startsWith("SEND\n") && !text.contains("lost"))
			.then((peer, text) -> peer
				.push("\nRECEIPT\nreceipt-id:" + text.replaceAll("(?s).*receipt:([^\n]*)\n.*", "$1") + "\n\n\0\n"));
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.framing((framing) -> framing.withCodec("stomp"))
			.session((session) -> session.withSteps(List
				.of(new Step("{\"command\":\"CONNECT\",\"headers\":{\"accept-version\":\"1.2\",\"login\":\"\"}}",
						"/command = CONNECTED", List.of()))))
			.delivery((delivery) -> delivery.atLeastOnce()
				.withEnvelope("{\"command\":\"SEND\",\"headers\":{\"destination\":\"/q\",\"receipt\":\"{{id}}\"},"
						+ "\"body\":{{payload}}}")
				.withAck(delivery.ack().withWhen("/command = RECEIPT").withId("/headers/receipt-id"))));
		CompletableFuture<Delivery> sent = this.scenario.sends().send(client, "hello");
		sent.get(10, TimeUnit.SECONDS);
		assertThat(server.seen().texts()).first().isEqualTo("CONNECT\naccept-version:1.2\n\n\0");
		assertThat(server.seen().texts().get(1)).startsWith("SEND\ndestination:/q\nreceipt:").endsWith("\n\nhello\0");
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void eachConnectionHasItsOwnZlibStream(boolean spring) throws Exception {
		use(spring);
		TestWebSocketServer server = this.scenario.server();
		this.scenario.connect(this.scenario.builder(server.url())
			.framing((framing) -> framing.withBinary(Binary.ZLIB_STREAM).withDelimiter("\n"))
			.listener((message) -> this.heard.add(message.text())));
		pushStream(server, "a", "b\nc");
		awaitHeard("a", "b", "c");
		server.open().reset();
		awaitReady(2);
		pushStream(server, "d\ne");
		awaitHeard("a", "b", "c", "d", "e");
	}

	private static void pushStream(TestWebSocketServer server, String... texts) {
		Compressed stream = new Compressed();
		for (String text : texts) {
			byte[] bytes = stream.next(text);
			server.last().push(ByteBuffer.wrap(bytes, 0, 3).slice());
			server.last().push(ByteBuffer.wrap(bytes, 3, bytes.length - 3).slice());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void badBytesEndOneConnectionWith1007AndLargeOnesWith1009(boolean spring) throws Exception {
		use(spring);
		TestWebSocketServer server = this.scenario.server();
		TestWebSocketServer other = this.scenario.server();
		this.scenario.connect(this.scenario.builder(server.url())
			.maxMessageSize(1000)
			.framing((framing) -> framing.withBinary(Binary.GZIP))
			.listener((message) -> this.heard.add(message.text())));
		ResilientWebSocketClient untouched = this.scenario.connect(this.scenario.builder(other.url()));
		server.last().push(ByteBuffer.wrap("no gzip".getBytes(StandardCharsets.UTF_8)));
		server.seen().awaitReceived(Kind.CLOSE, 1, Scenario.LIMIT);
		await().atMost(Scenario.LIMIT).until(() -> lines("Disconnected Closed 1007") == 1 && lines("Ready") == 3);
		server.last().push(ByteBuffer.wrap(Compressed.gzip("x".repeat(1001))));
		await().atMost(Scenario.LIMIT).until(() -> lines("Disconnected Closed 1009") == 1 && lines("Ready") == 4);
		server.last().push(ByteBuffer.wrap(Compressed.gzip("fine")));
		awaitHeard("fine");
		assertThat(untouched.isReady()).isTrue();
		assertThat(lines("Disconnected")).isEqualTo(2);
	}

	private long lines(String start) {
		return this.scenario.events().lines().stream().filter((line) -> line.startsWith(start)).count();
	}

	private void awaitReady(int times) {
		await().atMost(Scenario.LIMIT)
			.until(() -> this.scenario.events().of(WebSocketReadyEvent.class).size() == times);
	}

	private void awaitHeard(String... texts) {
		await().atMost(Scenario.LIMIT).untilAsserted(() -> assertThat(this.heard).containsExactly(texts));
	}

	private void use(boolean spring) {
		if (spring) {
			this.scenario.overSpring();
		}
	}

}
