package io.github.resilientws.transport.netty;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.TransportHarness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FrameEncoder}: what it writes, Netty's server side reads.
 */
class FrameEncoderTests {

	private final FrameEncoder encoder = new FrameEncoder(new MaskKeys(new SecureRandom()));

	private final EmbeddedChannel server = new EmbeddedChannel(
			new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(1 << 20).build()));

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 7, 8, 9, 15, 16, 125, 126, 127, 65535, 65536, 100_003 })
	void payloadOfAnyLengthSurvives(int length) {
		byte[] payload = new byte[length];
		new Random(length).nextBytes(payload);
		int[] ends = new int[1];
		ByteBuf encoded = encode(List.of(TransportHarness.binary(payload)), ends);
		assertThat(encoded.readableBytes()).isEqualTo(ends[0]);
		this.server.writeInbound(encoded);
		WebSocketFrame frame = this.server.readInbound();
		assertThat(frame).isInstanceOf(BinaryWebSocketFrame.class);
		assertThat(frame.isFinalFragment()).isTrue();
		assertThat(ByteBufUtil.getBytes(frame.content())).isEqualTo(payload);
		frame.release();
	}

	@Test
	void framesOfABatchShareOneBuffer() {
		List<OutboundPayload> frames = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			frames.add(TransportHarness.text("message " + "x".repeat(i * 7) + i));
		}
		int[] ends = new int[50];
		ByteBuf encoded = encode(frames, ends);
		assertThat(ends).isSorted();
		assertThat(ends[49]).isEqualTo(encoded.readableBytes());
		this.server.writeInbound(encoded);
		for (OutboundPayload expected : frames) {
			TextWebSocketFrame frame = this.server.readInbound();
			assertThat(frame.text()).isEqualTo(new String(expected.payload(), StandardCharsets.UTF_8));
			frame.release();
		}
	}

	@Test
	void payloadIsLeftAlone() {
		byte[] payload = "unchanged".getBytes(StandardCharsets.UTF_8);
		encode(List.of(TransportHarness.binary(payload)), new int[1]).release();
		assertThat(payload).asString(StandardCharsets.UTF_8).isEqualTo("unchanged");
	}

	@Test
	void eachFrameHasAKeyOfItsOwn() {
		ByteBuf encoded = encode(List.of(TransportHarness.binary(new byte[8]), TransportHarness.binary(new byte[8])),
				new int[2]);
		assertThat(encoded.getInt(2)).isNotEqualTo(encoded.getInt(16));
		encoded.release();
	}

	@Test
	void controlFrameIsEncoded() {
		this.server.writeInbound(this.encoder.encodeControl(FrameHeader.PING, "beat".getBytes(StandardCharsets.UTF_8),
				UnpooledByteBufAllocator.DEFAULT));
		PingWebSocketFrame frame = this.server.readInbound();
		assertThat(frame.content().toString(StandardCharsets.UTF_8)).isEqualTo("beat");
		frame.release();
	}

	@Test
	void controlFrameThatIsTooLongIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> this.encoder.encodeControl(FrameHeader.PING, new byte[126], UnpooledByteBufAllocator.DEFAULT));
	}

	private ByteBuf encode(List<OutboundPayload> frames, int[] ends) {
		int size = FrameEncoder.measure(frames, 1 << 20, ends);
		return this.encoder.encode(frames, size, UnpooledByteBufAllocator.DEFAULT);
	}

}
