package io.github.resilientws.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Encodes texts as UTF-8, and checks bytes eight at a time.
 *
 * @since 0.1
 */
public final class Utf8 {

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private static final long ONES = 0x0101_0101_0101_0101L;

	private static final long HIGH_BITS = ONES << 7;

	private static final long SPACES = ONES * ' ';

	private static final long QUOTES = ONES * '"';

	private static final long BACKSLASHES = ONES * '\\';

	// the JDK writes a question mark for a character that it cannot encode
	private static final long REPLACEMENTS = ONES * '?';

	private Utf8() {
	}

	/**
	 * Encode a text.
	 * @param text the text
	 * @return its bytes, or {@code null} if it holds an unpaired surrogate, which UTF-8
	 * cannot express
	 */
	public static byte @Nullable [] encode(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return (isAscii(bytes, 0, bytes.length, 0, REPLACEMENTS, REPLACEMENTS) || isPaired(text)) ? bytes : null;
	}

	/**
	 * Return whether bytes are ASCII.
	 * @param bytes array of the bytes
	 * @param offset offset of the first one
	 * @param length number of the bytes
	 * @return whether they are
	 */
	public static boolean isAscii(byte[] bytes, int offset, int length) {
		long bits = 0;
		int end = offset + length;
		int i = offset;
		for (; i <= end - Long.BYTES; i += Long.BYTES) {
			bits |= (long) LONGS.get(bytes, i);
		}
		for (; i < end; i++) {
			bits |= bytes[i];
		}
		return (bits & HIGH_BITS) == 0;
	}

	/**
	 * Return whether bytes are printable ASCII that needs no escape in a JSON string.
	 * @param bytes array of the bytes
	 * @param offset offset of the first one
	 * @param length number of the bytes
	 * @return {@code true} if they are; {@code false} also for a question mark, which may
	 * be a replacement
	 */
	static boolean isPlain(byte[] bytes, int offset, int length) {
		return isAscii(bytes, offset, length, SPACES, QUOTES, BACKSLASHES);
	}

	/**
	 * Return whether all characters of a text are ASCII.
	 * @param text the text
	 * @return whether they are
	 */
	static boolean isAscii(String text) {
		int bits = 0;
		int i = 0;
		for (; i <= text.length() - 4; i += 4) {
			bits |= text.charAt(i) | text.charAt(i + 1) | text.charAt(i + 2) | text.charAt(i + 3);
		}
		for (; i < text.length(); i++) {
			bits |= text.charAt(i);
		}
		return bits < 0x80;
	}

	// whether all are ASCII from least on, without question marks and the two given
	// characters
	private static boolean isAscii(byte[] bytes, int offset, int length, long least, long neither, long nor) {
		long marks = 0;
		int last = offset + length - Long.BYTES;
		for (int i = offset; i < last; i += Long.BYTES) {
			marks |= marks((long) LONGS.get(bytes, i), least, neither, nor);
		}
		long word = (last >= offset) ? (long) LONGS.get(bytes, last) : word(bytes, offset, length);
		marks |= marks(word, least, neither, nor);
		return (marks & HIGH_BITS) == 0;
	}

	private static long word(byte[] bytes, int offset, int length) {
		long word = SPACES;
		for (int i = offset; i < offset + length; i++) {
			word = word << Byte.SIZE | bytes[i] & 0xFF;
		}
		return word;
	}

	// sets the high bit of each byte that is not ASCII, less, or equal, and perhaps of
	// its neighbours
	private static long marks(long word, long least, long neither, long nor) {
		return word | word - least | (word ^ neither) - ONES | (word ^ nor) - ONES | (word ^ REPLACEMENTS) - ONES;
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

}
