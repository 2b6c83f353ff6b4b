package io.github.resilientws.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Encodes texts, and looks at eight bytes at a time for what needs a closer look.
 */
public final class Utf8 {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final long ONES = 0x0101_0101_0101_0101L;

	private static final long HIGH_BITS = ONES << 7;

	// what the JDK writes for what it cannot encode
	private static final char REPLACEMENT = '?';

	private Utf8() {
	}

	/**
	 * Encode a text.
	 * @param text the text
	 * @return its bytes, or {@code null} if it holds an unpaired surrogate: UTF-8 has
	 * none
	 */
	public static byte @Nullable [] encode(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return (holds(bytes, Utf8::replacements) && !isPaired(text)) ? null : bytes;
	}

	/**
	 * Return whether bytes are printable ASCII that a JSON string takes as it is.
	 * @param bytes the bytes
	 * @return whether they surely are; a question mark may be a replacement
	 */
	static boolean isPlain(byte[] bytes) {
		return !holds(bytes, Utf8::specials);
	}

	private static boolean holds(byte[] bytes, Marks marks) {
		int last = bytes.length - Long.BYTES;
		for (int i = 0; i < last; i += Long.BYTES) {
			if (marks.of((long) LONGS.get(bytes, i)) != 0) {
				return true;
			}
		}
		if (last >= 0) {
			return marks.of((long) LONGS.get(bytes, last)) != 0;
		}
		long word = ONES * ' ';
		for (byte b : bytes) {
			word = word << Byte.SIZE | b & 0xFF;
		}
		return marks.of(word) != 0;
	}

	private static long replacements(long word) {
		return equal(word, REPLACEMENT);
	}

	private static long specials(long word) {
		long controls = word - ONES * ' ' & ~word & HIGH_BITS;
		return word & HIGH_BITS | controls | equal(word, '"') | equal(word, '\\') | equal(word, REPLACEMENT);
	}

	// the lowest mark is right, and there is none without an equal byte
	private static long equal(long word, char c) {
		long difference = word ^ ONES * c;
		return difference - ONES & ~difference & HIGH_BITS;
	}

	private static boolean isPaired(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (!Character.isSurrogatePair(text.charAt(i), (i + 1 < text.length()) ? text.charAt(i + 1) : 0)) {
					return false;
				}
				i++;
			}
		}
		return true;
	}

	/**
	 * Marks the high bits of bytes that are looked for.
	 */
	@FunctionalInterface
	private interface Marks {

		long of(long word);

	}

}
