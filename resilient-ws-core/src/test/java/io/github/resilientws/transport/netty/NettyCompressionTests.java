package io.github.resilientws.transport.netty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.test.internal.Deflate;
import io.github.resilientws.transport.DeflateBomb;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.TransportHarness.WriteResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code permessage-deflate}: the examples of RFC 7692, and what a server may get wrong.
 */
@Timeout(20)
class NettyCompressionTests {

	private static final String AGREED = "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n";

	private static final String WITH_TAKEOVER = "Sec-WebSocket-Extensions: permessage-deflate\r\n";

	private static final int TEXT = 0xC1;

	private final NettyWebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(), true);

	private final TransportHarness client = new TransportHarness(this.transport);

	private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();

	NettyCompressionTests() {
		this.client.compression = true;
	}

	@AfterEach
	void stop() throws Exception {
		this.client.close();
		this.transport.close();
	}

	@Test
	void serverThatDeclinesGetsAndSendsPlainMessages() throws Exception {
		CompletableFuture<String> offer = new CompletableFuture<>();
		this.client.open((peer) -> {
			peer.accept();
			offer.complete(peer.headers().get("Sec-WebSocket-Extensions"));
			Frame frame = peer.read();
			this.received.add(frame);
			peer.raw(Peer.text("plain"));
			peer.awaitEnd();
		});
		this.client.write(TransportHarness.text("x".repeat(1000)));
		this.client.awaitSignal("text plain");
		assertThat(offer.get()).isEqualTo("permessage-deflate; client_no_context_takeover; server_no_context_takeover, "
				+ "permessage-deflate; client_no_context_takeover");
		assertThat(this.received.take()).satisfies((frame) -> assertThat(frame.rsv()).isZero())
			.satisfies((frame) -> assertThat(frame.payload()).hasSize(1000));
	}

	@Test
	void nothingIsOfferedUnlessAskedFor() throws Exception {
		CompletableFuture<Boolean> offer = new CompletableFuture<>();
		this.client.compression = false;
		this.client.open((peer) -> {
			peer.accept();
			offer.complete(peer.headers().containsKey("Sec-WebSocket-Extensions"));
			peer.awaitEnd();
		});
		assertThat(offer.get()).isFalse();
	}

	@Test
	void choiceThatWasNotOfferedFails() throws Exception {
		this.client.connect(
				(peer) -> peer.accept("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9\r\n"));
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(ConnectFailed.class,
				(failed) -> assertThat(failed.failure()).isInstanceOfSatisfying(WebSocketHandshakeException.class,
						(ex) -> assertThat(ex.getProblem())
							.isEqualTo(WebSocketHandshakeException.Problem.UNASKED_EXTENSION)));
	}

	@ParameterizedTest
	@ValueSource(strings = {
			// one block, two blocks, not compressed, a final block, an empty block at the
			// end
			"f248cdc9c90700", "f2480500 0000ffff cac9c90700", "000500faff48656c6c6f00", "f348cdc9c9070000",
			"f248cdc9c90700 0000ffff00" })
	void examplesOfTheRfcAreInflated(String payload) throws Exception {
		byte[] bytes = hex(payload);
		open(AGREED, Peer.frame(TEXT, bytes), Peer.frame(TEXT, bytes), Peer.text("plain"));
		this.client.awaitSignal("text plain");
		assertThat(this.client.listener.signals).containsExactly("open", "text Hello", "text Hello", "text plain");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			// two final blocks; the second refers back over the first; an empty one
			// between; a final block behind one that is not
			"f348cdc9c90700 f348cdc9c90700 00", "f348cdc9c90700 f200110000", "f348cdc9c90700 0300 f300110000",
			"f248cdc9c907000000ffff f300110000", "f348cdc9c90700 f300110000" })
	void finalBlocksEndNeitherMessageNorWindow(String payload) throws Exception {
		byte[] bytes = hex(payload);
		open(AGREED, Peer.frame(TEXT, bytes), Peer.frame(0x41, Arrays.copyOf(bytes, 7)),
				Peer.frame(0x80, Arrays.copyOfRange(bytes, 7, bytes.length)), Peer.text("plain"));
		this.client.awaitSignal("text plain");
		assertThat(this.client.listener.signals).containsExactly("open", "text HelloHello", "text HelloHello",
				"text plain");
	}

	@Test
	void fragmentsAreInflatedAsTheyCome() throws Exception {
		open(AGREED, Peer.frame(0x41, hex("f248cd")), Peer.frame(0x8A, "beat".getBytes()),
				Peer.frame(0x00, new byte[0]), Peer.frame(0x80, hex("c9c90700")));
		this.client.awaitSignal("text Hello");
		assertThat(this.client.listener.signals).containsExactly("open", "pong beat", "text Hello");
	}

	@Test
	void messageMayReferToEarlierOnesIfTheServerInsists() throws Exception {
		open(WITH_TAKEOVER, Peer.frame(TEXT, hex("f248cdc9c90700")), Peer.frame(TEXT, hex("f200110000")));
		TransportHarness.await().until(() -> this.client.listener.signals.size() == 3);
		assertThat(this.client.listener.signals).containsExactly("open", "text Hello", "text Hello");
	}

	@Test
	void messageMayReferToEarlierOnesOverAFinalBlock() throws Exception {
		byte[] hello = hex("f348cdc9c90700");
		byte[] reference = hex("f300110000");
		open(WITH_TAKEOVER, Peer.frame(TEXT, hello), Peer.frame(TEXT, reference), Peer.frame(TEXT, hex("f200110000")),
				Peer.frame(TEXT, reference), Peer.text("plain"));
		this.client.awaitSignal("text plain");
		assertThat(this.client.listener.signals).containsExactly("open", "text Hello", "text Hello", "text Hello",
				"text Hello", "text plain");
	}

	@Test
	void manyMessagesReferBackAsFarAsTheyMay() throws Exception {
		Random random = new Random(4);
		byte[][] frames = new byte[60][];
		List<byte[]> messages = new ArrayList<>();
		byte[] window = {};
		for (int i = 0; i < frames.length; i++) {
			byte[] message = new byte[1 + random.nextInt((i % 7 == 0) ? 50_000 : 3000)];
			random.nextBytes(message);
			int repeated = Math.min(message.length, window.length);
			// repeats the oldest bytes that it may refer to
			System.arraycopy(window, 0, message, 0, Math.min(repeated, 258));
			Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
			deflater.setDictionary(window);
			deflater.setInput(message);
			deflater.finish();
			byte[] payload = new byte[message.length + 100];
			frames[i] = Peer.frame(0xC2, Arrays.copyOf(payload, deflater.deflate(payload) + 1));
			deflater.end();
			messages.add(message);
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			all.writeBytes(window);
			all.writeBytes(message);
			byte[] bytes = all.toByteArray();
			window = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - 32 * 1024), bytes.length);
		}
		open(WITH_TAKEOVER, frames);
		TransportHarness.await().until(() -> this.client.listener.binaries.size() == frames.length);
		assertThat(this.client.listener.binaries.stream().map(ByteBuffer::array)).containsExactlyElementsOf(messages);
	}

	@Test
	void messageMustNotReferToEarlierOnesOtherwise() throws Exception {
		assertViolation(1007, AGREED, Peer.frame(TEXT, hex("f248cdc9c90700")), Peer.frame(TEXT, hex("f200110000")));
	}

	@Test
	void largeMessageInFragmentsIsInflated() throws Exception {
		byte[] message = new byte[3_000_000];
		new Random(1).nextBytes(message);
		Arrays.fill(message, 500_000, 2_500_000, (byte) 'x');
		byte[] deflated = Deflate.deflate(message);
		int third = deflated.length / 3;
		open(AGREED, Peer.frame(0x42, Arrays.copyOf(deflated, third)),
				Peer.frame(0x00, Arrays.copyOfRange(deflated, third, 2 * third)),
				Peer.frame(0x80, Arrays.copyOfRange(deflated, 2 * third, deflated.length)));
		this.client.awaitSignal("binary 3000000");
		assertThat(this.client.listener.binaries.get(0).array()).isEqualTo(message);
	}

	@Test
	void largeMessagesAreCompressedAndOthersLeftAlone() throws Exception {
		byte[] random = new byte[5000];
		new Random(2).nextBytes(random);
		this.client.open((peer) -> {
			peer.accept(AGREED);
			for (int i = 0; i < 5; i++) {
				this.received.add(peer.read());
			}
			peer.awaitEnd();
		});
		String large = "{\"name\":\"value\"}".repeat(10_000);
		String medium = "ab".repeat(200);
		this.client.write(TransportHarness.text(large), TransportHarness.text("small"), TransportHarness.text(large),
				TransportHarness.binary(random), TransportHarness.binary(medium.getBytes()));
		assertThat(this.client.results()).containsExactly(new WriteResult(5, 5, 5, null));
		for (int i = 0; i < 2; i++) {
			assertDeflated(TEXT, large);
			Frame plain = this.received.poll(5, TimeUnit.SECONDS);
			assertThat(plain.rsv()).isZero();
			assertThat(plain.payload()).isEqualTo((i == 0) ? "small".getBytes() : random);
		}
		assertDeflated(0xC2, medium);
	}

	@Test
	void bombIsClosedBeforeItGrowsBeyondTheLargestMessage() throws Exception {
		this.client.maxMessageSize = 100_000;
		assertViolation(1009, AGREED, Peer.frame(TEXT, DeflateBomb.of(10_000_000)));
	}

	@Test
	void plainMessageIsHeldToTheLimitAlsoWhenOthersAreCompressed() throws Exception {
		this.client.maxMessageSize = 1000;
		assertViolation(1009, AGREED, Peer.frame(0x81, new byte[1010]));
	}

	@Test
	void bombIsClosedForItsRatioAlone() throws Exception {
		this.client.maxMessageSize = Integer.MAX_VALUE;
		assertViolation(1009, AGREED, Peer.frame(TEXT, DeflateBomb.of(40_000_000)));
	}

	@Test
	void bombInFragmentsIsClosed() throws Exception {
		byte[] bomb = DeflateBomb.of(100_000_000);
		assertViolation(1009, AGREED, Peer.frame(0x41, Arrays.copyOf(bomb, 50_000)),
				Peer.frame(0x00, Arrays.copyOfRange(bomb, 50_000, bomb.length)));
	}

	@Test
	void messageOfTheLargestSizeIsAcceptedThoughItGrewByCompression() throws Exception {
		byte[] random = new byte[100_000];
		new Random(3).nextBytes(random);
		this.client.maxMessageSize = random.length;
		byte[] deflated = Deflate.deflate(random);
		assertThat(deflated).hasSizeGreaterThan(random.length);
		open(AGREED, Peer.frame(0xC2, deflated));
		this.client.awaitSignal("binary 100000");
	}

	@Test
	void messageThatIsNotDeflatedIs1007() throws Exception {
		assertViolation(1007, AGREED, Peer.frame(TEXT, "not deflated".getBytes()));
	}

	@Test
	void manyFinalBlocksAre1007() throws Exception {
		assertViolation(1007, AGREED, Peer.frame(TEXT, hex("0300".repeat(10_000))));
	}

	@Test
	void messageMustNotReferToEarlierOnesOverAFinalBlockOtherwise() throws Exception {
		assertViolation(1007, AGREED, Peer.frame(TEXT, hex("f348cdc9c90700")), Peer.frame(TEXT, hex("f300110000")));
	}

	@Test
	void inflatedTextThatIsNotUtf8Is1007() throws Exception {
		assertViolation(1007, AGREED, Peer.frame(TEXT, Deflate.deflate(new byte[] { 'a', (byte) 0xFF })));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a10161", "9101 61", "c900", "ca00", "c80203e8", "a80203e8", "010161 c00161" })
	void otherReservedBitsAre1002(String frames) throws Exception {
		assertViolation(1002, AGREED, hex(frames));
	}

	@Test
	void compressedMessageWithoutAnAgreementIs1002() throws Exception {
		assertViolation(1002, "", Peer.frame(TEXT, hex("f248cdc9c90700")));
	}

	private void open(String agreement, byte[]... frames) throws Exception {
		this.client.open((peer) -> {
			peer.accept(agreement);
			peer.raw(frames);
			this.received.add(peer.read());
		});
	}

	private void assertViolation(int code, String agreement, byte[]... frames) throws Exception {
		open(agreement, frames);
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(Closed.class, (closed) -> {
			assertThat(closed.code()).isEqualTo(code);
			assertThat(closed.byPeer()).isFalse();
		});
		assertThat(this.received.poll(5, TimeUnit.SECONDS).payload()).startsWith(code >> 8, code & 0xFF);
		assertThat(this.client.listener.signals).endsWith("closed").doesNotHaveDuplicates();
	}

	private void assertDeflated(int first, String message) throws Exception {
		Frame frame = this.received.poll(5, TimeUnit.SECONDS);
		assertThat(frame.first()).isEqualTo(first);
		assertThat(frame.payload()).hasSizeLessThan(message.length() / 10);
		assertThat(Deflate.inflate(frame.payload())).asString(StandardCharsets.UTF_8).isEqualTo(message);
	}

	private static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

}
