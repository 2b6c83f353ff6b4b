package io.github.resilientws.test;

import java.io.IOException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class TestWebSocketServerTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void close() {
		this.server.close();
		assertThat(this.server.seen().connectionCount()).isZero();
	}

	@Test
	void echoesAndRecords() {
		this.server.echo();
		JdkClient client = JdkClient.connect(this.server, "chat");
		client.send("grüße");
		Awaitility.await().until(() -> client.texts().contains("grüße"));
		assertThat(client.socket().getSubprotocol()).isEqualTo("chat");
		Recording seen = this.server.seen();
		assertThat(seen.texts()).containsExactly("grüße");
		assertThat(seen.handshakes()).singleElement().satisfies((handshake) -> {
			assertThat(handshake.path()).isEqualTo("/path?query=1");
			assertThat(handshake.header("x-test")).isEqualTo("yes");
		});
		assertThat(seen.connectionCount()).isOne();
		assertThat(seen.violations()).isEmpty();
	}

	@Test
	void repliesByTheFirstRuleThatFits() {
		this.server.answerPings().answerAcks().on("hello").reply((text) -> text + " you").on("hello").reply("never");
		JdkClient client = JdkClient.connect(this.server);
		client.send("{\"type\":\"PING\"}");
		client.send("{\"id\": \"a\\\"b\", \"data\": 1}");
		client.send("{\"id\":7}");
		client.send("nothing");
		client.send("hello");
		Awaitility.await().until(() -> client.texts().size() == 4);
		assertThat(client.texts()).containsExactly("{\"type\":\"PONG\"}", "{\"type\":\"ack\",\"messageId\":\"a\\\"b\"}",
				"{\"type\":\"ack\",\"messageId\":7}", "hello you");
	}

	@Test
	void refusesTheNextHandshakesAndThenAccepts() {
		this.server.next(2).refuse(503, "Retry-After", "7");
		for (int i = 0; i < 2; i++) {
			assertThat(JdkClient.connecting(this.server).opening()).failsWithin(LIMIT)
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(WebSocketHandshakeException.class, (ex) -> {
					assertThat(ex.getResponse().statusCode()).isEqualTo(503);
					assertThat(ex.getResponse().headers().firstValue("retry-after")).hasValue("7");
				});
		}
		JdkClient.connect(this.server);
		assertThat(this.server.seen().accepted()).isEqualTo(3);
	}

	@Test
	void answersHandshakesWrongly() {
		// Of all, not of the next: the JDK's client tries again when there is no answer.
		List<Function<HandshakeScript, TestWebSocketServer>> wrong = List.of(HandshakeScript::wrongAcceptKey,
				HandshakeScript::garbage, HandshakeScript::resetOnAccept, HandshakeScript::closeOnAccept,
				HandshakeScript::closeUnanswered, (script) -> script.subprotocol("unasked"),
				(script) -> script.extension("x-unasked"),
				(script) -> script.refuseWithBody(200, "<html></html>", "Content-Type", "text/html"),
				(script) -> script.rawAnswer("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
		wrong.forEach((answer) -> {
			answer.apply(this.server.always());
			assertThat(JdkClient.connecting(this.server).opening()).failsWithin(LIMIT);
		});
		this.server.always().accept();
		JdkClient.connect(this.server);
	}

	@Test
	void hangsUntilTheConnectionEnds() {
		this.server.always().hang();
		JdkClient client = JdkClient.connecting(this.server);
		this.server.seen().awaitHandshakes(1, LIMIT);
		assertThat(client.opening()).isNotDone();
		this.server.stop();
		assertThat(client.opening()).failsWithin(LIMIT);
		assertThat(this.server.seen().connectionCount()).isZero();
	}

	@Test
	void acceptsLateAndGreets() {
		this.server.once().acceptAfter(Duration.ofMillis(50)).once().acceptAndPush("one", "two");
		long before = System.nanoTime();
		JdkClient.connect(this.server);
		assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(50_000_000);
		JdkClient greeted = JdkClient.connect(this.server);
		Awaitility.await().until(() -> greeted.texts().equals(List.of("one", "two")));
	}

	@Test
	void acceptsThenCloses() {
		this.server.once().acceptThenClose(1008, Duration.ZERO).once().acceptThenClose(4000, Duration.ofMillis(20));
		assertThat(JdkClient.connect(this.server).end()).isEqualTo("1008");
		assertThat(JdkClient.connect(this.server).end()).isEqualTo("4000");
		this.server.seen().awaitConnections(0, LIMIT);
	}

	@Test
	void closesWithACode() {
		JdkClient client = JdkClient.connect(this.server);
		this.server.all().close(1012, "restart");
		assertThat(client.end()).isEqualTo("1012restart");
		this.server.seen().awaitConnections(0, LIMIT);
		assertThat(this.server.seen().closes()).containsExactly(1012);
	}

	@Test
	void answersTheClientsCloseFrame() {
		JdkClient client = JdkClient.connect(this.server);
		client.socket().sendClose(4001, "bye").join();
		assertThat(client.end()).isEqualTo("4001");
		this.server.seen().awaitConnections(0, LIMIT);
		assertThat(this.server.seen().received()).singleElement().hasToString("CLOSE(4001 bye)#1");
	}

	@Test
	void resetsAndFinsWithoutACloseFrame() throws IOException {
		try (RawClient reset = new RawClient(this.server); RawClient fin = new RawClient(this.server)) {
			reset.readHead();
			fin.readHead();
			this.server.connection(1).reset();
			assertThatIOException().isThrownBy(reset::readToEnd).withMessageContaining("reset");
			this.server.last().push("last words");
			this.server.last().fin();
			assertThat(fin.readToEnd()).isEqualTo(Frames.text("last words"));
		}
		this.server.seen().awaitConnections(0, LIMIT);
	}

	@Test
	void halfClosesAndGoesOnReading() throws IOException {
		try (RawClient client = new RawClient(this.server)) {
			assertThat(client.readHead()).contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
			this.server.all().halfClose();
			assertThat(client.readToEnd()).isEmpty();
			client.send(Frames.masked("still here"));
			this.server.seen().awaitText("still here", LIMIT);
		}
	}

	@Test
	void recordsViolationsOfClients() throws IOException {
		try (RawClient client = new RawClient(this.server)) {
			client.readHead();
			client.send(Frames.text("unmasked"));
			client.send(Frames.frame(false, 0, 9, new byte[0]));
			client.send(Frames.badUtf8());
			client.send(Frames.frame(true, 0, 0, new byte[0]));
			client.send(Frames.close(1005, ""));
			this.server.seen().awaitConnections(0, LIMIT);
		}
		assertThat(this.server.seen().violations()).contains("connection 1: unmasked frame",
				"connection 1: fragmented control frame", "connection 1: invalid UTF-8",
				"connection 1: continuation of nothing", "connection 1: close code 1005");
	}

	@Test
	void answersPingsByDefault() {
		JdkClient client = JdkClient.connect(this.server);
		client.socket().sendPing(ByteBuffer.wrap("one".getBytes())).join();
		Awaitility.await().until(() -> client.pongs().equals(List.of("one")));
		this.server.all().dropPongs();
		client.socket().sendPing(ByteBuffer.wrap("two".getBytes())).join();
		this.server.seen().awaitReceived(ReceivedMessage.Kind.PING, 2, LIMIT);
		this.server.all().delayPongs(Duration.ofMillis(30));
		client.socket().sendPing(ByteBuffer.wrap("three".getBytes())).join();
		Awaitility.await().until(() -> client.pongs().equals(List.of("one", "three")));
		assertThat(this.server.seen().pings()).extracting(ReceivedMessage::text).containsExactly("one", "two", "three");
	}

	@Test
	void pingsTheClient() {
		JdkClient.connect(this.server);
		this.server.all().ping("are you there");
		this.server.seen().awaitReceived(ReceivedMessage.Kind.PONG, 1, LIMIT);
		assertThat(this.server.seen().received()).singleElement().hasToString("PONG(are you there)#1");
	}

	@Test
	void silenceHoldsForConnectionsToComeOnlyWhenAskedOfAll() {
		this.server.echo();
		JdkClient first = JdkClient.connect(this.server);
		this.server.open().goSilent();
		first.send("unheard");
		JdkClient second = JdkClient.connect(this.server);
		second.send("heard");
		Awaitility.await().until(() -> second.texts().contains("heard"));
		this.server.all().goSilent();
		JdkClient third = JdkClient.connect(this.server);
		third.send("mute");
		this.server.seen().awaitText("mute", LIMIT);
		this.server.all().speak();
		third.send("again");
		Awaitility.await().until(() -> third.texts().contains("again"));
		assertThat(third.texts()).containsExactly("again");
		assertThat(first.texts()).isEmpty();
	}

	@Test
	void stopsReadingUntilStartReading() {
		try (TestWebSocketServer small = TestWebSocketServer.startWithSmallBuffers()) {
			JdkClient client = JdkClient.connect(small);
			small.all().stopReading();
			String text = "x".repeat(1024 * 1024);
			WebSocket socket = client.socket();
			var sent = socket.sendText(text, true)
				.thenCompose((next) -> next.sendText(text, true))
				.thenCompose((next) -> next.sendText(text, true))
				.thenCompose((next) -> next.sendText(text, true));
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> small.seen().awaitTexts(1, Duration.ofMillis(300)))
				.withMessageContaining("no 1 texts within PT0.3S: 1 open of 1 accepted");
			assertThat(sent).isNotDone();
			small.all().startReading();
			assertThat(sent).succeedsWithin(LIMIT);
			small.seen().awaitTexts(4, LIMIT);
		}
	}

	@Test
	void stopsAndRestartsOnTheSamePort() {
		JdkClient client = JdkClient.connect(this.server);
		int port = this.server.port();
		this.server.all().stopReading();
		this.server.stop();
		assertThat(this.server.seen().connectionCount()).isZero();
		assertThat(JdkClient.connecting(this.server).opening()).failsWithin(LIMIT);
		this.server.restart();
		this.server.all().startReading();
		assertThat(this.server.port()).isEqualTo(port);
		JdkClient.connect(this.server).send("back");
		this.server.seen().awaitText("back", LIMIT);
	}

	@Test
	void pushesABurstInOneWrite() {
		JdkClient client = JdkClient.connect(this.server);
		List<String> burst = IntStream.range(0, 1000).mapToObj((i) -> "message " + i).toList();
		this.server.all().push(burst);
		Awaitility.await().until(() -> client.texts().size() == 1000);
		assertThat(client.texts()).isEqualTo(burst);
	}

	@Test
	void countsAFloodWithoutKeepingIt() {
		this.server.seen().countOnly();
		JdkClient client = JdkClient.connect(this.server);
		for (int i = 0; i < 50_000; i++) {
			client.send("text " + i);
		}
		this.server.seen().awaitTexts(50_000, Duration.ofSeconds(20));
		assertThat(this.server.seen().received()).isEmpty();
	}

	@Test
	void kicksAfterSilence() {
		this.server.kickAfterSilence(Duration.ofMillis(100), 4008);
		assertThat(JdkClient.connect(this.server).end()).isEqualTo("4008silent");
	}

	@Test
	void sendsBrokenFrames() {
		List<byte[]> broken = List.of(Frames.masked("x"), Frames.badUtf8(), Frames.frame(true, 4, 1, new byte[1]),
				Frames.frame(true, 0, 3, new byte[1]), Frames.frame(true, 0, 0, new byte[1]),
				Frames.ping(new byte[126]), Frames.close(1005, ""), Frames.lyingLength(-1, "x"));
		for (byte[] frame : broken) {
			JdkClient client = JdkClient.connect(this.server);
			this.server.last().sendRaw(frame);
			assertThat(client.end()).as("frame of %s", frame).startsWith("error");
		}
		JdkClient client = JdkClient.connect(this.server);
		this.server.last().sendRaw(Frames.fragmented("a", "b", "c"));
		Awaitility.await().until(() -> client.texts().equals(List.of("abc")));
	}

}
