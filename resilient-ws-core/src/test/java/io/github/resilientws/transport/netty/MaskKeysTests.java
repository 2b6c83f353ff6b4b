package io.github.resilientws.transport.netty;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MaskKeys}.
 */
class MaskKeysTests {

	private final AtomicInteger refills = new AtomicInteger();

	private final MaskKeys keys = new MaskKeys(new SecureRandom() {

		@Override
		public void nextBytes(byte[] bytes) {
			MaskKeysTests.this.refills.incrementAndGet();
			super.nextBytes(bytes);
		}

	});

	@Test
	void drawsABlockAtATimeAndOnlyWhenNeeded() {
		assertThat(this.refills).hasValue(0);
		int keysInBlock = MaskKeys.BLOCK_SIZE / Integer.BYTES;
		for (int i = 0; i < keysInBlock; i++) {
			this.keys.next();
		}
		assertThat(this.refills).hasValue(1);
		this.keys.next();
		assertThat(this.refills).hasValue(2);
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
