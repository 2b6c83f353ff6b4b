package io.github.resilientws.settings;

/**
 * Rules for {@code framing.*}.
 *
 * @since 0.1
 */
public final class FramingRules {

	private FramingRules() {
	}

	static void check(FramingSettings settings) {
		if (!settings.codec().isEmpty() && settings.codec().isBlank()) {
			throw unknownCodec(settings.codec(), "the name of a WebSocketFrameCodecFactory bean");
		}
	}

	/**
	 * Check a {@code framing.delimiter} that is present.
	 * @param delimiter the delimiter
	 * @return the same delimiter
	 * @throws InvalidSettingException if it is empty
	 */
	public static String checkDelimiter(String delimiter) {
		if (delimiter.isEmpty()) {
			throw new InvalidSettingException("framing.delimiter", "",
					"is empty; allowed is the text that ends each message, such as \"\\n\", or no such key");
		}
		return delimiter;
	}

	/**
	 * Return the exception for an unknown {@code framing.codec}.
	 * @param codec the name
	 * @param others what is allowed apart from the built-in codecs
	 * @return the exception
	 */
	public static InvalidSettingException unknownCodec(String codec, String others) {
		return new InvalidSettingException("framing.codec", Text.printable(codec),
				"is not known; allowed are " + String.join(", ", FramingSettings.BUILT_IN_CODECS) + " and " + others);
	}

}
