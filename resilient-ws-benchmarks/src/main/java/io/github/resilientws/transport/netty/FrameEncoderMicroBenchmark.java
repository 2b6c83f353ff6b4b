package io.github.resilientws.transport.netty;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import io.github.resilientws.transport.OutboundPayload;

/**
 * Encodes a batch of 128-byte messages into one buffer. It is in this package because the
 * encoder is.
 */
@State(Scope.Thread)
public class FrameEncoderMicroBenchmark {

	private static final int MESSAGES = 64;

	private final List<OutboundPayload> messages = Collections.nCopies(MESSAGES,
			OutboundPayload.text("x".repeat(128).getBytes(StandardCharsets.US_ASCII)));

	private final int[] ends = new int[MESSAGES];

	private final FrameEncoder encoder = new FrameEncoder(new MaskKeys(new SecureRandom()));

	@Benchmark
	@OperationsPerInvocation(MESSAGES)
	public int frameEncoder() {
		int size = FrameEncoder.measure(this.messages, 65_536, this.ends);
		ByteBuf frames = this.encoder.encode(this.messages, size, ByteBufAllocator.DEFAULT);
		int written = frames.readableBytes();
		frames.release();
		return written;
	}

}
