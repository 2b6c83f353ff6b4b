package io.github.resilientws.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Decodes a read with many 128-byte frames. It is in this package because the decoder is.
 */
@State(Scope.Thread)
public class FrameDecoderMicroBenchmark {

	private static final int MESSAGES = 64;

	private static final int MESSAGE_SIZE = 128;

	private final ByteBuf frames = Unpooled.directBuffer();

	private final FrameDecoder decoder = new FrameDecoder(new ReadBuffer(), this::onFrame, 65_536, false);

	private int received;

	public FrameDecoderMicroBenchmark() {
		for (int i = 0; i < MESSAGES; i++) {
			this.frames.writeShort(0x817E).writeShort(MESSAGE_SIZE).writeZero(MESSAGE_SIZE);
		}
	}

	@Benchmark
	@OperationsPerInvocation(MESSAGES)
	public int frameDecoder() throws ProtocolViolationException {
		this.decoder.decode(this.frames.readerIndex(0));
		return this.received;
	}

	private void onFrame(int first, byte[] bytes, int offset, int length) {
		this.received += length;
	}

}
