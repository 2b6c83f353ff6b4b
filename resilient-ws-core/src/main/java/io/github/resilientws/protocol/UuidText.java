package io.github.resilientws.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Writes and compares the text of a UUID without creating it, up to eight digits at a
 * time.
 */
final class UuidText {

	static final int LENGTH = 36;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final long ONES = 0x0101_0101_0101_0101L;

	private static final int LETTER_OFFSET = 'a' - '9' - 1;

	private UuidText() {
	}

	static void write(UUID uuid, byte[] target, int start) {
		long high = uuid.getMostSignificantBits();
		long low = uuid.getLeastSignificantBits();
		long second = digits(high);
		long third = digits(low >>> 32);
		LONGS.set(target, start, digits(high >>> 32));
		target[start + 8] = '-';
		INTS.set(target, start + 9, (int) (second >>> 32));
		target[start + 13] = '-';
		INTS.set(target, start + 14, (int) second);
		target[start + 18] = '-';
		INTS.set(target, start + 19, (int) (third >>> 32));
		target[start + 23] = '-';
		INTS.set(target, start + 24, (int) third);
		LONGS.set(target, start + 28, digits(low));
	}

	static boolean isAt(String text, int start, UUID uuid) {
		byte[] expected = new byte[LENGTH];
		write(uuid, expected, 0);
		// the last digits differ most often
		for (int i = LENGTH - 1; i >= 0; i--) {
			if (text.charAt(start + i) != expected[i]) {
				return false;
			}
		}
		return true;
	}

	static boolean isAt(byte[] ascii, int start, UUID uuid) {
		long high = uuid.getMostSignificantBits();
		long low = uuid.getLeastSignificantBits();
		if ((long) LONGS.get(ascii, start + 28) != digits(low)) {
			return false;
		}
		long second = digits(high);
		long third = digits(low >>> 32);
		return (int) INTS.get(ascii, start + 24) == (int) third && ascii[start + 23] == '-'
				&& (int) INTS.get(ascii, start + 19) == (int) (third >>> 32) && ascii[start + 18] == '-'
				&& (int) INTS.get(ascii, start + 14) == (int) second && ascii[start + 13] == '-'
				&& (int) INTS.get(ascii, start + 9) == (int) (second >>> 32) && ascii[start + 8] == '-'
				&& (long) LONGS.get(ascii, start) == digits(high >>> 32);
	}

	// the lower 32 bits as eight hexadecimal digits in ASCII, the first one in the
	// highest byte
	private static long digits(long bits) {
		long nibbles = bits & 0xFFFF_FFFFL;
		nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFFL;
		nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FFL;
		nibbles = (nibbles | nibbles << 4) & 0x0F0F_0F0F_0F0F_0F0FL;
		long letters = (nibbles + 6 * ONES) >>> 4 & ONES;
		return nibbles + '0' * ONES + LETTER_OFFSET * letters;
	}

}
