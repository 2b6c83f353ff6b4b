package io.github.resilientws.internal.framing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.protocol.WebSocketFrameCodec;
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;
import io.github.resilientws.settings.FramingSettings.Binary;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Frames of a client on their way to rules and listeners, and messages on their way out.
 */
class FramingTests {

	private final AtomicInteger codecs = new AtomicInteger();

	@Test
	void partsOfAFrameReachRulesAndListenersInOrder() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withDelimiter("\n"))
			.session((session) -> new SessionSettings(session.timeout(),
					List.of(new Step("login", "/ok", List.of()), new Step("sub", "/subscribed", List.of())),
					List.of(new AutoReply("{}", "{}")))));
		rig.client.connect();
		rig.connection().text("first\n{\"ok\":1}\n\n{}\nsecond\n{\"subscribed\":1}\nthird");
		rig.connection().text("\n");
		rig.connection().text("{}");
		rig.client.send("out");
		rig.client.send(ByteBuffer.wrap(new byte[] { 1 }));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.connection().sentTexts()).containsExactly("login\n", "sub\n", "{}\n", "{}\n", "out\n");
		received(rig, "first", "second", "third");
	}

	@Test
	void nothingIsJoinedOverMessages() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withDelimiter("\r\n"))).connect();
		rig.connection().text("a\r\nb");
		rig.connection().text("c\rd\n\r\n");
		received(rig, "a", "b", "c\rd\n");
	}

	@Test
	void heartbeatHasTheDelimiterAndIsAnsweredByAPart() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withDelimiter("\u001e"))
			.heartbeat(FramingTests::beat));
		rig.connect();
		rig.advance(Duration.ofSeconds(10));
		assertThat(rig.connection().sentTexts()).containsExactly("beat\u001e");
		rig.connection().text("news\u001ebeat!\u001e");
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.observed("answered")).isNotEmpty();
		received(rig, "news");
	}

	private static HeartbeatSettings beat(HeartbeatSettings heartbeat) {
		return heartbeat.withMode(HeartbeatSettings.Mode.TEXT)
			.withInterval(Duration.ofSeconds(10))
			.withTimeout(Duration.ofSeconds(5))
			.withSend("beat")
			.withAwait("beat!");
	}

	@Test
	void newlineIsAHeartbeatOfStomp() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withCodec("stomp"))
			.heartbeat((heartbeat) -> beat(heartbeat).withSend("\n").withAwait("~^\\s+$")));
		rig.connect();
		rig.advance(Duration.ofSeconds(10));
		assertThat(rig.connection().sentTexts()).containsExactly("\n");
		rig.connection().text("\n");
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.observed("answered")).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "BYTES")
	void binaryFramesBecomeTextThatPassesTheRules(Binary binary) {
		Compressed stream = new Compressed();
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withBinary(binary).withDelimiter("|"))
			.session((session) -> session.withSteps(List.of(new Step("", "welcome", List.of())))));
		rig.client.connect();
		rig.connection().binary(ByteBuffer.wrap(encode(binary, "welcome|one", stream)));
		rig.connection().text("two");
		rig.connection().binary(ByteBuffer.wrap(encode(binary, "three", stream)));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		received(rig, "one", "two", "three");
	}

	private static byte[] encode(Binary binary, String text, Compressed stream) {
		return switch (binary) {
			case GZIP -> Compressed.gzip(text);
			case ZLIB -> Compressed.zlib(text);
			case ZLIB_STREAM -> stream.next(text);
			default -> text.getBytes(StandardCharsets.UTF_8);
		};
	}

	@Test
	void eachConnectionHasItsOwnStreamAndCodec() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withBinary(Binary.ZLIB_STREAM))
			.component(WebSocketFrameCodecFactory.class, this::numbered));
		rig.connect();
		rig.connection().binary(ByteBuffer.wrap(new Compressed().next("a")));
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		rig.connection().binary(ByteBuffer.wrap(new Compressed().next("b")));
		rig.client.send("c");
		assertThat(rig.connection().sentTexts()).containsExactly("chat 2:c");
		received(rig, "chat 1:a", "chat 2:b");
	}

	private WebSocketFrameCodec numbered(String client) {
		String name = client + " " + this.codecs.incrementAndGet() + ":";
		return codec((text) -> List.of(name + text), (text) -> name + text);
	}

	@Test
	void binaryFramesGoToTheCodec() {
		Rig rig = rig((builder) -> builder.component(WebSocketFrameCodecFactory.class, this::numbered)).connect();
		rig.connection().binary(ByteBuffer.wrap(new byte[] { 'a', 'b' }));
		received(rig, "chat 1:ab");
		rig.connection().binary(ByteBuffer.wrap(new byte[] { (byte) 0xFF }));
		assertEnded(rig, 1007, "the codec cannot decode a message");
	}

	@Test
	void binaryFramesStayBytesWithoutACodec() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withDelimiter("\n"))).connect();
		rig.connection().binary(ByteBuffer.wrap(new byte[] { 1, '\n' }));
		await().until(() -> rig.received.size() == 1);
		assertThat(rig.received.get(0)).contains("2");
	}

	@Test
	void frameThatCannotBeReadClosesWith1007AndTheClientReconnects() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withCodec("stomp"))).connect();
		rig.connection().text("RECEIPT\nreceipt-id:1\n\n\0junk");
		assertEnded(rig, 1007, "a STOMP frame is truncated");
		rig.connection().text("RECEIPT\nreceipt-id:2\n\n\0");
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.connection().text("RECEIPT\nreceipt-id:3\n\n\0");
		received(rig, "{\"command\":\"RECEIPT\",\"headers\":{\"receipt-id\":\"3\"},\"body\":null}");
		assertThat(rig.observed("disconnected")).hasSize(1);
	}

	@Test
	void textThatIsTooLargeWhenInflatedClosesWith1009() {
		Rig rig = rig((builder) -> builder.maxMessageSize(100).framing((framing) -> framing.withBinary(Binary.GZIP)))
			.connect();
		rig.connection().binary(ByteBuffer.wrap(Compressed.gzip("x".repeat(101))));
		assertEnded(rig, 1009, "larger than max-message-size when inflated");
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void codecThatThrowsAnErrorClosesWith1007() {
		Rig rig = rig((builder) -> builder.component(WebSocketFrameCodecFactory.class, (client) -> codec((text) -> {
			throw new StackOverflowError();
		}, UnaryOperator.identity()))).connect();
		rig.connection().text("a");
		assertEnded(rig, 1007, "the codec cannot decode a message");
	}

	@Test
	void codecThatReturnsNullClosesWith1007() {
		Rig rig = rig((builder) -> builder.component(WebSocketFrameCodecFactory.class,
				(client) -> codec((text) -> null, UnaryOperator.identity())))
			.connect();
		rig.connection().text("a");
		assertEnded(rig, 1007, "the codec cannot decode a message");
	}

	@Test
	void frameThatCannotBeReadDuringAClosingHandshakeChangesNothing() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withCodec("stomp"))).connect();
		rig.connection().ignoreClose();
		rig.client.disconnect();
		rig.connection().text("junk");
		assertThat(rig.state()).isEqualTo(ConnectionState.DRAINING);
		assertThat(rig.connection().closeCode()).isEqualTo(1000);
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(rig.client.getStatus().lastCause()).isEqualTo(new DisconnectCause.Requested());
	}

	@Test
	void factoryThatThrowsFailsTheAttempt() {
		Rig rig = rig((builder) -> builder.component(WebSocketFrameCodecFactory.class, (client) -> {
			if (this.codecs.incrementAndGet() == 1) {
				throw new IllegalStateException("test");
			}
			return numbered(client);
		}));
		rig.client.connect();
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.client.getStatus().lastCause()).isInstanceOf(DisconnectCause.ConnectFailed.class);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void messagesOfAFrameThatEndsTheConnectionAreNotPassedOn() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withDelimiter("\n"))
			.session((session) -> session.withSteps(List.of(new Step("login", "/ok",
					List.of(new SessionSettings.FailOn("/no", SessionSettings.FailOn.DEFAULT_ACTION)))))));
		rig.client.connect();
		rig.connection().text("before\n{\"no\":1}\nafter\n{\"ok\":1}");
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.connection().closeCode()).isEqualTo(1008);
		received(rig, "before");
	}

	@Test
	void messagesOfAFrameWaitWhileTheBufferIsFull() {
		CountDownLatch release = new CountDownLatch(1);
		List<String> heard = new CopyOnWriteArrayList<>();
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withDelimiter(","))
			.inbound((inbound) -> inbound.withBufferMessages(4))
			.listener((message) -> {
				await().until(() -> release.getCount() == 0);
				heard.add(message.text());
			})).connect();
		rig.connection().text("1,2,3,4,5,6,7,8,9,10,11,12");
		rig.connection().text("13");
		assertThat(rig.connection().isReading()).isFalse();
		assertThat(rig.client.getStatistics().getInboundQueueSize()).isLessThanOrEqualTo(5);
		release.countDown();
		await().until(() -> heard.size() == 13);
		assertThat(heard).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13");
		await().until(() -> rig.connection().isReading());
	}

	@Test
	void causeOfALossStaysAlthoughMessagesThatWaitCannotBeRead() {
		CountDownLatch release = new CountDownLatch(1);
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withCodec("socket.io").withDelimiter("|"))
			.inbound((inbound) -> inbound.withBufferMessages(1))
			.listener((message) -> await().until(() -> release.getCount() == 0))).connect();
		rig.connection().text("2|2|2|2|3|junk");
		assertThat(rig.connection().isReading()).isFalse();
		rig.connection().lose(1006);
		assertThat(rig.client.getStatus().lastCause()).isEqualTo(new DisconnectCause.Closed(1006, "", true));
		release.countDown();
		await().until(() -> rig.received.contains("{\"type\":\"pong\"}"));
	}

	@Test
	void unknownCodecIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rig((builder) -> builder.framing((framing) -> framing.withCodec("stmop"))))
			.withMessageContaining("framing.codec = 'stmop'")
			.withMessageContaining("socket.io, stomp");
	}

	@Test
	void blankCodecIsRefusedEvenWithAComponent() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rig((builder) -> builder.framing((framing) -> framing.withCodec(" "))
				.component(WebSocketFrameCodecFactory.class, this::numbered)))
			.withMessageContaining("framing.codec = ' '");
	}

	@Test
	void builtInCodecGoesBeforeAComponent() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withCodec("socket.io"))
			.component(WebSocketFrameCodecFactory.class, this::numbered)).connect();
		rig.client.send("{\"type\":\"ping\"}");
		assertThat(rig.connection().sentTexts()).containsExactly("2");
		assertThat(this.codecs).hasValue(0);
	}

	@Test
	void oneClientsFramesDoNotConcernAnother() {
		Rig rig = rig((builder) -> builder.framing((framing) -> framing.withCodec("stomp"))).connect();
		Rig other = new Rig();
		other.transport.autoOpen();
		other.connect();
		rig.connection().text("junk");
		other.connection().text("junk");
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(other.state()).isEqualTo(ConnectionState.READY);
		received(other, "junk");
	}

	static WebSocketFrameCodec codec(Function<String, List<String>> decode, UnaryOperator<String> encode) {
		return new WebSocketFrameCodec() {

			@Override
			public List<String> decode(String text) {
				return decode.apply(text);
			}

			@Override
			public String encode(String text) {
				return encode.apply(text);
			}

		};
	}

	static Rig rig(UnaryOperator<Builder> settings) {
		Rig rig = new Rig(settings);
		rig.transport.autoOpen();
		return rig;
	}

	private static void assertEnded(Rig rig, int code, String reason) {
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.connection().closeCode()).isEqualTo(code);
		assertThat(rig.client.getStatus().lastCause()).isEqualTo(new DisconnectCause.Closed(code, reason, false));
	}

	private static void received(Rig rig, String... texts) {
		await().untilAsserted(() -> assertThat(rig.received).containsExactly(texts));
	}

}
