package io.github.resilientws.internal.jdbc;

import java.nio.charset.StandardCharsets;

/**
 * Rows for tests, whose payload is their message id.
 */
final class Rows {

	private Rows() {
	}

	static MessageRow row(String messageId, String origin) {
		return row(0, messageId, origin);
	}

	static MessageRow row(long position, String messageId, String origin) {
		return new MessageRow(position, messageId, origin, 1, null, 1000, 0, true,
				messageId.getBytes(StandardCharsets.UTF_8));
	}

}
