package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Writes and compares the text of a UUID without creating it.
 */
final class UuidText {

	static final int LENGTH = 36;

	private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private UuidText() {
	}

	static void write(UUID uuid, byte[] target, int start) {
		for (int i = 0; i < LENGTH; i++) {
			target[start + i] = character(uuid, i);
		}
	}

	static boolean isAt(String text, int start, UUID uuid) {
		// the last digits differ most often
		for (int i = LENGTH - 1; i >= 0; i--) {
			if (text.charAt(start + i) != character(uuid, i)) {
				return false;
			}
		}
		return true;
	}

	static boolean isAt(byte[] ascii, int start, UUID uuid) {
		for (int i = LENGTH - 1; i >= 0; i--) {
			if (ascii[start + i] != character(uuid, i)) {
				return false;
			}
		}
		return true;
	}

	private static byte character(UUID uuid, int index) {
		return switch (index) {
			case 8, 13, 18, 23 -> '-';
			default -> {
				int digit = index - ((index > 8) ? 1 : 0) - ((index > 13) ? 1 : 0) - ((index > 18) ? 1 : 0)
						- ((index > 23) ? 1 : 0);
				long half = (digit < 16) ? uuid.getMostSignificantBits() : uuid.getLeastSignificantBits();
				yield DIGITS[(int) (half >>> (60 - 4 * (digit & 15))) & 0xF];
			}
		};
	}

}
