package io.github.resilientws.transport.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Generates unpredictable mask keys (RFC 6455, section 5.3) in blocks. Confined to one
 * event loop.
 */
final class MaskKeys {

	static final int BLOCK_SIZE = 4096;

	private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private final SecureRandom random;

	private byte[] block = new byte[0];

	private int position;

	MaskKeys(SecureRandom random) {
		this.random = random;
	}

	int next() {
		if (this.position == this.block.length) {
			refill();
		}
		int key = (int) INTS.get(this.block, this.position);
		this.position += Integer.BYTES;
		return key;
	}

	private void refill() {
		// created by the first frame: a loop without connections needs no random bytes
		if (this.block.length == 0) {
			this.block = new byte[BLOCK_SIZE];
		}
		this.random.nextBytes(this.block);
		this.position = 0;
	}

}
