package io.github.resilientws.transport.netty;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Generates unpredictable mask keys (RFC 6455, sections 5.3 and 10.3): the key stream of
 * AES in counter mode. Its key and its first counter are random, and are replaced each
 * megabyte. Confined to one event loop.
 */
final class MaskKeys {

	static final int BLOCK_SIZE = 4096;

	static final int BLOCKS_PER_SEED = 256;

	private static final int SEED_PART = 16;

	private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	// the cipher adds them to its key stream
	private static final byte[] ZEROS = new byte[BLOCK_SIZE];

	private final SecureRandom random;

	private @Nullable Cipher cipher;

	private byte[] block = new byte[0];

	private int position;

	private int blocksLeft;

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

	// the first frame creates the block and the cipher: a loop without connections needs
	// neither
	private void refill() {
		if (this.block.length == 0) {
			this.block = new byte[BLOCK_SIZE];
		}
		try {
			Cipher cipher = (this.cipher != null) ? this.cipher : Cipher.getInstance("AES/CTR/NoPadding");
			this.cipher = cipher;
			if (this.blocksLeft == 0) {
				cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(random(), "AES"), new IvParameterSpec(random()));
				this.blocksLeft = BLOCKS_PER_SEED;
			}
			cipher.update(ZEROS, 0, BLOCK_SIZE, this.block);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("AES/CTR, which every JDK has, does not work", ex);
		}
		this.blocksLeft--;
		this.position = 0;
	}

	private byte[] random() {
		byte[] bytes = new byte[SEED_PART];
		this.random.nextBytes(bytes);
		return bytes;
	}

}
