package io.github.resilientws.transport.netty;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MaskKeys}.
 */
class MaskKeysTests {

	private final AtomicInteger refills = new AtomicInteger();

	private final List<byte[]> drawn = new ArrayList<>();

	private final MaskKeys keys = new MaskKeys(new SecureRandom() {

		@Override
		public void nextBytes(byte[] bytes) {
			MaskKeysTests.this.refills.incrementAndGet();
			super.nextBytes(bytes);
			MaskKeysTests.this.drawn.add(bytes.clone());
		}

	});

	@Test
	void drawsAKeyAndACounterPerMegabyteAndOnlyWhenNeeded() {
		assertThat(this.refills).hasValue(0);
		int keysPerSeed = MaskKeys.BLOCKS_PER_SEED * MaskKeys.BLOCK_SIZE / Integer.BYTES;
		for (int i = 0; i < keysPerSeed; i++) {
			this.keys.next();
		}
		assertThat(this.refills).hasValue(2);
		this.keys.next();
		assertThat(this.refills).hasValue(4);
	}

	@Test
	void areTheKeyStreamOfTheRandomKeyAndCounter() throws Exception {
		for (int i = 0; i < MaskKeys.BLOCK_SIZE / Integer.BYTES; i++) {
			this.keys.next();
		}
		Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
		cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(this.drawn.get(0), "AES"));
		BigInteger counter = new BigInteger(1, this.drawn.get(1));
		BigInteger next = counter.add(BigInteger.valueOf(MaskKeys.BLOCK_SIZE / 16)).mod(BigInteger.TWO.pow(128));
		byte[] block = new byte[16];
		byte[] number = next.toByteArray();
		int length = Math.min(number.length, block.length);
		System.arraycopy(number, number.length - length, block, block.length - length, length);
		assertThat(this.keys.next()).isEqualTo(ByteBuffer.wrap(cipher.doFinal(block)).getInt());
	}

	@Test
	void doesNotRepeatKeys() {
		Set<Integer> seen = new HashSet<>();
		for (int i = 0; i < 3000; i++) {
			seen.add(this.keys.next());
		}
		assertThat(seen).hasSizeGreaterThan(2990);
	}

}
