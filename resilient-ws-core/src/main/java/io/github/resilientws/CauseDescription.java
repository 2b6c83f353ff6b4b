package io.github.resilientws;

import java.lang.reflect.Modifier;

/**
 * Words for a {@link DisconnectCause} that are safe to log.
 */
final class CauseDescription {

	private static final int MAX_REASON = 123;

	private CauseDescription() {
	}

	static String of(DisconnectCause cause) {
		if (cause instanceof DisconnectCause.Closed closed) {
			return "Closed " + closed.code() + (closed.byPeer() ? " by peer" : " by us")
					+ (closed.reason().isEmpty() ? "" : ": " + printable(closed.reason()));
		}
		if (cause instanceof DisconnectCause.HandshakeRefused refused) {
			return "HandshakeRefused " + refused.status();
		}
		if (cause instanceof DisconnectCause.ConnectFailed failed) {
			return "ConnectFailed " + failure(failed.failure());
		}
		if (cause instanceof DisconnectCause.SupplyFailed failed) {
			return "SupplyFailed " + failure(failed.failure());
		}
		if (cause instanceof DisconnectCause.WriteFailed failed) {
			return "WriteFailed " + failure(failed.failure());
		}
		return cause.getClass().getSimpleName();
	}

	// messages of exceptions may carry urls and tokens: only types and our own words
	private static String failure(Throwable failure) {
		if (failure instanceof WebSocketHandshakeException ex) {
			return "WebSocketHandshakeException " + ex.getProblem();
		}
		if (failure instanceof ConnectForbiddenException ex) {
			return "ConnectForbiddenException: " + ex.getMessage();
		}
		if (failure instanceof WebSocketProxyException ex) {
			return "WebSocketProxyException " + ex.getProblem()
					+ ((ex.getStatus() != 0) ? " (status " + ex.getStatus() + ")" : "")
					+ ((ex.getCause() != null) ? ": " + publicType(ex.getCause()) : "");
		}
		String tls = TlsFailure.describe(failure);
		return (tls != null) ? publicType(failure) + ": " + tls : publicType(failure);
	}

	private static String publicType(Throwable failure) {
		Class<?> type = failure.getClass();
		while (!Modifier.isPublic(type.getModifiers())) {
			type = type.getSuperclass();
		}
		return type.getSimpleName();
	}

	/**
	 * Escape what could forge lines of a log or colours of a terminal.
	 * @param text text of a stranger
	 * @return its beginning, printable
	 */
	static String printable(String text) {
		StringBuilder result = new StringBuilder();
		text.codePoints().limit(MAX_REASON).forEach((character) -> append(result, character));
		return result.toString();
	}

	private static void append(StringBuilder result, int character) {
		switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED, Character.PRIVATE_USE ->
				result.append(String.format("\\u%04x", character));
			default -> result.appendCodePoint(character);
		}
	}

}
