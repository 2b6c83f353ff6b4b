package io.github.resilientws.internal.framing;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.github.resilientws.internal.codec.FramingException;
import io.github.resilientws.settings.FramingSettings.Binary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No input of a peer causes another exception than {@link FramingException}, and none
 * takes more memory than the limit.
 */
class HostileFramesTests {

	private static final int LIMIT = 10_000;

	private final Random random = new Random(7);

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "BYTES")
	@Timeout(60)
	void bytesCauseNoOtherException(Binary binary) {
		byte[] sample = (binary == Binary.GZIP) ? Compressed.gzip("{\"a\":1}".repeat(9))
				: Compressed.zlib("{\"a\":1}".repeat(9));
		for (int i = 0; i < 5_000; i++) {
			byte[] frame = Arrays.copyOf(sample, this.random.nextInt(sample.length + 5));
			for (int j = this.random.nextInt(4); j > 0 && frame.length > 0; j--) {
				frame[this.random.nextInt(frame.length)] = (byte) this.random.nextInt();
			}
			BinaryDecoder decoder = Objects.requireNonNull(BinaryDecoder.of(binary, LIMIT));
			for (int j = 0; j < 2; j++) {
				try {
					String text = decoder.decode(ByteBuffer.wrap(frame));
					assertThat((text != null) ? text.length() : 0).isLessThanOrEqualTo(LIMIT);
				}
				catch (FramingException ex) {
					assertThat(ex.code()).isIn(1007, 1009);
					break;
				}
			}
			decoder.end();
		}
	}

	@Test
	@Timeout(60)
	void bombTakesNoMoreMemoryThanTheLimit() {
		byte[] bomb = Compressed.zlib("\0".repeat(20_000_000));
		long before = allocated();
		for (Binary binary : List.of(Binary.ZLIB, Binary.ZLIB_STREAM)) {
			BinaryDecoder decoder = Objects.requireNonNull(BinaryDecoder.of(binary, LIMIT));
			assertThat(code(decoder, bomb)).isEqualTo(1009);
			decoder.end();
		}
		assertThat(allocated() - before).isLessThan(1_000_000);
	}

	private static int code(BinaryDecoder decoder, byte[] frame) {
		try {
			decoder.decode(ByteBuffer.wrap(frame));
			return 0;
		}
		catch (FramingException ex) {
			return ex.code();
		}
	}

	private static long allocated() {
		return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

}
