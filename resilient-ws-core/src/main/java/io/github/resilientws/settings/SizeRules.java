package io.github.resilientws.settings;

/**
 * Rules for the sizes of messages and frames.
 *
 * @since 0.1
 */
public final class SizeRules {

	/** Largest array length that every JVM allows. */
	private static final int LARGEST_MESSAGE = Integer.MAX_VALUE - 8;

	/** The largest payload whose length fits into the first two bytes of a frame. */
	private static final int SMALLEST_FRAME = 125;

	private static final int LARGEST_FRAME = 16 * 1024 * 1024;

	private SizeRules() {
	}

	static void check(ClientSettings settings) {
		checkMaxMessageSize(settings.maxMessageSize());
		checkMaxFrameSize(settings.maxFrameSize());
	}

	/**
	 * Check {@code max-message-size}.
	 * @param bytes the size
	 * @return the same size
	 * @throws InvalidSettingException if it is not allowed
	 */
	public static int checkMaxMessageSize(long bytes) {
		return check("max-message-size", bytes, 1, LARGEST_MESSAGE, "allowed is 1B to 2047MB");
	}

	/**
	 * Check {@code max-frame-size}.
	 * @param bytes the size
	 * @return the same size
	 * @throws InvalidSettingException if it is not allowed
	 */
	public static int checkMaxFrameSize(long bytes) {
		return check("max-frame-size", bytes, SMALLEST_FRAME, LARGEST_FRAME, "allowed is 125B to 16MB");
	}

	private static int check(String key, long bytes, int least, int most, String allowed) {
		if (bytes < least || bytes > most) {
			throw new InvalidSettingException(key, bytes + "B", allowed);
		}
		return (int) bytes;
	}

}
