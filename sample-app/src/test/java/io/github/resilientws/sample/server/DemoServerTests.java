package io.github.resilientws.sample.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class DemoServerTests {

	private static final String LINE = "{\"type\":\"message\",\"room\":\"lobby\",\"from\":\"a\",\"text\":\"hi\",\"id\":\"%s\"}";

	private static final String ORDER = "{\"id\":\"%s\",\"data\":{\"type\":\"order\",\"text\":\"inspect\"}}";

	private final Tokens tokens = new Tokens(settings(Duration.ofMinutes(1)));

	private DemoServer server;

	@BeforeEach
	void startServer() {
		this.server = newServer(Duration.ofSeconds(60));
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop();
	}

	private DemoServer newServer(Duration kickAfter) {
		Rooms rooms = new Rooms();
		OrderBook orders = new OrderBook();
		return new DemoServer(settings(kickAfter), rooms,
				new ChatProtocol(new JsonMapper(), this.tokens, rooms, orders), orders, Clock.systemUTC(), (event) -> {
				});
	}

	private static DemoServerProperties settings(Duration kickAfter) {
		return new DemoServerProperties(true, 0, kickAfter, Duration.ofMillis(100), "key");
	}

	private TestPeer connect() {
		return TestPeer.connect(this.server.port(), "/chat");
	}

	@Test
	void acceptsATokenOfAnotherProcessWithTheSameKey() throws Exception {
		Tokens other = new Tokens(settings(Duration.ofMinutes(1)));
		TestPeer peer = connect();
		peer.send("{\"type\":\"AUTH\",\"token\":\"" + other.issue() + "\"}");
		assertThat(peer.next()).contains("AUTH_OK");
	}

	@Test
	void refusesATokenWithAnotherSignature() throws Exception {
		String token = this.tokens.issue();
		TestPeer peer = connect();
		peer.send("{\"type\":\"AUTH\",\"token\":\"" + token.replaceFirst("\\..*", ".00") + "\"}");
		assertThat(peer.next()).contains("AUTH_FAILED");
	}

	@Test
	void whenTokenIsKnownThenLogsInOnce() throws Exception {
		String auth = "{\"type\":\"AUTH\",\"token\":\"" + this.tokens.issue() + "\"}";
		TestPeer first = connect();
		first.send(auth);
		assertThat(first.next()).isEqualTo("{\"type\":\"AUTH_OK\"}");
		TestPeer second = connect();
		second.send(auth);
		assertThat(second.next()).isEqualTo("{\"type\":\"AUTH_FAILED\"}");
	}

	@Test
	void whenNotLoggedInThenCloses() throws Exception {
		TestPeer peer = connect();
		peer.send("{\"type\":\"JOIN\",\"room\":\"lobby\"}");
		assertThat(peer.end()).isEqualTo("4401 log in first");
	}

	@Test
	void whenTextIsNoJsonThenCloses() throws Exception {
		TestPeer peer = connect();
		peer.send("{");
		assertThat(peer.end()).isEqualTo("1007 not JSON");
	}

	@Test
	void answersTextAndProtocolPings() throws Exception {
		TestPeer peer = connect().login(this.tokens, "lobby");
		peer.send("{\"type\":\"PING\"}");
		assertThat(peer.next()).isEqualTo("{\"type\":\"PONG\"}");
		peer.ping();
		assertThat(peer.next()).isEqualTo("pong");
	}

	@Test
	void passesLineOnToRoomOnceAndToSenderEachTime() throws Exception {
		TestPeer ada = connect().login(this.tokens, "lobby");
		TestPeer bob = connect().login(this.tokens, "lobby");
		TestPeer elsewhere = connect().login(this.tokens, "attic");
		ada.send(LINE.formatted("1"));
		ada.send(LINE.formatted("1"));
		ada.send(LINE.formatted("2"));
		assertThat(new String[] { ada.next(), ada.next(), ada.next() }).containsExactly(LINE.formatted("1"),
				LINE.formatted("1"), LINE.formatted("2"));
		assertThat(new String[] { bob.next(), bob.next() }).containsExactly(LINE.formatted("1"), LINE.formatted("2"));
		assertThat(elsewhere.nothingFor(Duration.ofMillis(100))).isEqualTo("null");
	}

	@Test
	void passesOnLinesOfEverySize() throws Exception {
		TestPeer peer = connect().login(this.tokens, "lobby");
		for (int size : new int[] { 1, 200, 70_000 }) {
			String line = LINE.formatted(IntStream.range(0, size).mapToObj((i) -> "ü").collect(Collectors.joining()));
			peer.send(line);
			assertThat(peer.next()).isEqualTo(line);
		}
	}

	@Test
	void pushesAlerts() throws Exception {
		TestPeer peer = TestPeer.connect(this.server.port(), "/alerts").login(this.tokens, "alerts");
		assertThat(peer.next()).startsWith("{\"type\":\"alert\",\"number\":");
	}

	@Test
	void acknowledgesAnOrderEachTimeAndTakesItOnce() throws Exception {
		TestPeer peer = connect().login(this.tokens, "lobby");
		for (String id : new String[] { "a", "a", "b" }) {
			peer.send(ORDER.formatted(id));
			assertThat(peer.next()).contains("\"type\":\"ack\"", "\"messageId\":\"" + id + "\"");
		}
		assertThat(this.server.status().orders()).isEqualTo(2);
		assertThat(this.server.status().repeats()).isEqualTo(1);
	}

	@Test
	void whenAcknowledgementsAreOffThenAcceptsOrdersAndAcknowledgesNone() throws Exception {
		TestPeer peer = connect().login(this.tokens, "lobby");
		this.server.breakWith(Fault.NO_ACKS);
		peer.send(ORDER.formatted("a"));
		peer.send("{\"type\":\"PING\"}");
		assertThat(peer.next()).isEqualTo("{\"type\":\"PONG\"}");
		assertThat(this.server.status().orders()).isEqualTo(1);
	}

	@Test
	void whenClientIsSilentThenKicks() throws Exception {
		DemoServer impatient = newServer(Duration.ofSeconds(2));
		impatient.start();
		try {
			assertThat(TestPeer.connect(impatient.port(), "/chat").end()).isEqualTo("4000 no PING");
		}
		finally {
			impatient.stop();
		}
	}

	@Test
	void whenPathIsUnknownThenRefuses() {
		assertThat(statusOf(() -> TestPeer.connect(this.server.port(), "/other"))).isEqualTo(404);
	}

	@Test
	void dropClosesConnectionsAndListenerUntilRepairedOnTheSamePort() throws Exception {
		int port = this.server.port();
		TestPeer peer = connect().login(this.tokens, "lobby");
		this.server.breakWith(Fault.DROP);
		assertThat(peer.end()).isEqualTo("1001 going away");
		// the kernel may take one more connection while a thread leaves accept()
		await().untilAsserted(() -> assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close()));
		assertThat(this.server.status().fault()).isEqualTo("drop");
		this.server.breakWith(Fault.FLOOD);
		assertThat(this.server.status().fault()).isNull();
		TestPeer.connect(port, "/chat").login(this.tokens, "lobby");
	}

	@Test
	void resetCutsWithoutGoodbyeAndLetsIn() throws Exception {
		TestPeer peer = connect().login(this.tokens, "lobby");
		this.server.breakWith(Fault.RESET);
		assertThat(peer.end()).isEqualTo("error");
		connect().login(this.tokens, "lobby");
	}

	@Test
	void whenSilentThenReadsButAnswersNothing() throws Exception {
		TestPeer peer = connect().login(this.tokens, "lobby");
		this.server.breakWith(Fault.SILENT);
		peer.send("{\"type\":\"PING\"}");
		peer.send(ORDER.formatted("a"));
		await().until(() -> this.server.status().orders() == 1);
		assertThat(peer.nothingFor(Duration.ofMillis(300))).isEqualTo("null");
		this.server.breakWith(Fault.FLOOD);
		assertThat(peer.next()).isEqualTo("{\"type\":\"flood\",\"n\":1}");
	}

	@Test
	void whenNotReadingThenPushesAndReadsLater() throws Exception {
		TestPeer peer = TestPeer.connect(this.server.port(), "/alerts").login(this.tokens, "alerts");
		this.server.breakWith(Fault.STOP_READING);
		peer.ping();
		for (int i = 0; i < 4; i++) {
			assertThat(peer.next()).contains("alert");
		}
		this.server.breakWith(Fault.FLOOD);
		await().until(() -> peer.next().equals("pong"));
	}

	@Test
	void refuse401RefusesOnePerPath() throws Exception {
		TestPeer peer = connect();
		this.server.breakWith(Fault.REFUSE_401);
		assertThat(peer.end()).isEqualTo("1001 going away");
		assertThat(statusOf(this::connect)).isEqualTo(401);
		assertThat(statusOf(() -> TestPeer.connect(this.server.port(), "/alerts"))).isEqualTo(401);
		connect().login(this.tokens, "lobby");
	}

	@Test
	void revokeRefusesAll() {
		this.server.breakWith(Fault.REVOKE);
		assertThat(statusOf(this::connect)).isEqualTo(401);
		assertThat(statusOf(this::connect)).isEqualTo(401);
	}

	@Test
	void refuse503SaysWhenToComeBack() throws Exception {
		this.server.breakWith(Fault.REFUSE_503);
		assertThat(statusOf(this::connect)).isEqualTo(503);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.server.port())) {
			socket.getOutputStream()
				.write("GET /chat HTTP/1.1\r\nSec-WebSocket-Key: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
				.startsWith("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3\r\n");
		}
	}

	@Test
	void floodPushesToTheChatAndTheChatGoesOn() throws Exception {
		TestPeer peer = connect().login(this.tokens, "lobby");
		this.server.breakWith(Fault.FLOOD);
		for (int i = 1; i <= 50_000; i++) {
			assertThat(peer.next()).endsWith("\"n\":" + i + "}");
		}
		peer.send(LINE.formatted("after"));
		assertThat(peer.next()).isEqualTo(LINE.formatted("after"));
	}

	@Test
	void everyFaultIsFoundByItsId() {
		assertThat(Arrays.stream(Fault.values()).map(Fault::id)).containsExactly("drop", "reset", "silent",
				"stop-reading", "no-acks", "refuse-401", "revoke", "refuse-503", "flood");
		assertThat(Fault.of("stop-reading")).contains(Fault.STOP_READING);
		assertThat(Fault.of("nonsense")).isEmpty();
	}

	private static int statusOf(Runnable connect) {
		try {
			connect.run();
			return 101;
		}
		catch (CompletionException ex) {
			return ((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode();
		}
	}

}
