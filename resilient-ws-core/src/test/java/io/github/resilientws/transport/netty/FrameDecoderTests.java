package io.github.resilientws.transport.netty;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.transport.RawServer.Peer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FrameDecoder}: however the bytes are split, it finds what Netty's
 * decoder finds.
 */
class FrameDecoderTests {

	private static final int MAX = 100_000;

	private static final int[] LENGTHS = { 0, 0, 1, 2, 5, 124, 125, 126, 127, 300, 65535, 65536, MAX };

	private static final int[] FIRST_BYTES = { 0x81, 0x82, 0x01, 0x02, 0x80, 0x00, 0x89, 0x8A };

	private static final long[] EDGES = { 0, 1, 124, 125, 126, 127, 65534, 65535, 65536, MAX, MAX + 1, 1L << 31, -1,
			Long.MIN_VALUE, Long.MAX_VALUE };

	private final List<byte[]> arrays = new ArrayList<>();

	private final List<String> decoded = new ArrayList<>();

	private final FrameDecoder decoder = new FrameDecoder(new ReadBuffer(), this::onFrame, MAX, false);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void findsWhatTheDecoderOfNettyFinds(int seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 100; i++) {
			byte[] stream = stream(random, random.nextInt(3) == 0);
			List<byte[]> reads = split(stream, random);
			FrameDecoderTests test = new FrameDecoderTests();
			test.decode(reads);
			assertThat(test.decoded).as("stream %s", i).isEqualTo(decodeWithNetty(stream));
		}
	}

	@Test
	void frameThatWasReadAsAWholeIsNotCopied() {
		decode(List.of(concat(Peer.text("one"), Peer.text("two"))));
		assertThat(this.arrays).hasSize(2);
		assertThat(this.arrays.get(0)).isSameAs(this.arrays.get(1)).hasSizeGreaterThan(3);
	}

	@Test
	void frameThatWasReadInPiecesFillsItsArray() {
		byte[] frame = Peer.frame(0x82, new byte[70_000]);
		decode(List.of(Arrays.copyOf(frame, 1000), Arrays.copyOfRange(frame, 1000, frame.length)));
		assertThat(this.arrays).singleElement().satisfies((array) -> assertThat(array).hasSize(70_000));
	}

	private static byte[] stream(Random random, boolean closed) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		boolean fragmented = false;
		for (int i = random.nextInt(12); i >= 0; i--) {
			boolean last = random.nextInt(3) > 0;
			int data = (fragmented) ? 0 : 1 + random.nextInt(2);
			int opcode = (random.nextInt(4) == 0) ? 9 + random.nextInt(2) : data;
			int limit = (opcode < 8) ? LENGTHS.length : 7;
			byte[] payload = new byte[LENGTHS[random.nextInt(limit)]];
			random.nextBytes(payload);
			fragmented = (opcode < 8) ? !last : fragmented;
			stream.writeBytes(Peer.frame((last || opcode > 8) ? 0x80 | opcode : opcode, payload));
		}
		stream.writeBytes((closed) ? concat(Peer.close(1000, "end"), Peer.text("late")) : arbitrary(random));
		return stream.toByteArray();
	}

	// valid or not: any first byte, the edges of lengths in any encoding
	private static byte[] arbitrary(Random random) {
		int first = (random.nextBoolean()) ? FIRST_BYTES[random.nextInt(FIRST_BYTES.length)] : random.nextInt(256);
		// the body of a close frame is checked elsewhere
		first += ((first & 0xF) == 8) ? 1 : 0;
		long length = EDGES[random.nextInt(EDGES.length)];
		int masked = (random.nextInt(8) == 0) ? 0x80 : 0;
		ByteBuffer frame = ByteBuffer.allocate(200_000).put((byte) first);
		switch (random.nextInt(3)) {
			case 0 -> frame.put((byte) (masked | (length & 0x7F)));
			case 1 -> frame.put((byte) (masked | 126)).putShort((short) length);
			default -> frame.put((byte) (masked | 127)).putLong(length);
		}
		return Arrays.copyOf(frame.array(), frame.position() + random.nextInt(frame.remaining()));
	}

	private static List<byte[]> split(byte[] stream, Random random) {
		int[] sizes = { 1, 3, 100, 5000, 300_000 };
		int size = sizes[random.nextInt(sizes.length)];
		List<byte[]> reads = new ArrayList<>();
		int end;
		for (int start = 0; start < stream.length; start = end) {
			end = Math.min(stream.length, start + 1 + random.nextInt(size));
			reads.add(Arrays.copyOfRange(stream, start, end));
		}
		return reads;
	}

	private void decode(List<byte[]> reads) {
		for (byte[] read : reads) {
			try {
				this.decoder.decode(Unpooled.wrappedBuffer(read));
			}
			catch (ProtocolViolationException ex) {
				this.decoded.add("violation " + ex.closeCode());
			}
		}
	}

	private void onFrame(int first, byte[] bytes, int offset, int length) {
		this.arrays.add(bytes);
		this.decoded.add(describe(first & 0xFF, Arrays.copyOfRange(bytes, offset, offset + length)));
	}

	private static List<String> decodeWithNetty(byte[] stream) {
		EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
			.expectMaskedFrames(false)
			.closeOnProtocolViolation(false)
			.withUTF8Validator(false)
			.maxFramePayloadLength(MAX)
			.build()));
		String violation = null;
		try {
			channel.writeInbound(Unpooled.wrappedBuffer(stream));
		}
		catch (CorruptedWebSocketFrameException ex) {
			violation = "violation " + ex.closeStatus().code();
		}
		List<String> frames = new ArrayList<>();
		for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
			int opcode = opcode(frame);
			ByteBuf payload = frame.content();
			frames.add(describe((frame.isFinalFragment()) ? 0x80 | opcode : opcode, ByteBufUtil.getBytes(payload)));
			frame.release();
		}
		if (violation != null) {
			frames.add(violation);
		}
		return frames;
	}

	private static int opcode(WebSocketFrame frame) {
		List<Class<?>> types = List.of(ContinuationWebSocketFrame.class, TextWebSocketFrame.class,
				CloseWebSocketFrame.class, PingWebSocketFrame.class, PongWebSocketFrame.class);
		int[] opcodes = { 0, 1, 8, 9, 10 };
		int index = types.indexOf(frame.getClass());
		return (index < 0) ? 2 : opcodes[index];
	}

	private static String describe(int first, byte[] payload) {
		String start = HexFormat.of().formatHex(payload, 0, Math.min(8, payload.length));
		return Integer.toHexString(first) + " " + payload.length + " " + start + " " + Arrays.hashCode(payload);
	}

	private static byte[] concat(byte[] first, byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

}
