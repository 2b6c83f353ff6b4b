package io.github.resilientws;

/**
 * Describes a {@link DisconnectCause} in words that are safe to log.
 */
final class CauseDescription {

	private static final int MAX_REASON = 123;

	private CauseDescription() {
	}

	static String of(DisconnectCause cause) {
		if (cause instanceof DisconnectCause.Closed closed) {
			return "Closed " + closed.code() + (closed.byPeer() ? " by peer" : " by us")
					+ (closed.reason().isEmpty() ? "" : ": " + reason(closed));
		}
		if (cause instanceof DisconnectCause.HandshakeRefused refused) {
			return "handshake refused with status " + refused.status();
		}
		if (cause instanceof DisconnectCause.ConnectFailed failed) {
			String text = FailureText.of(failed.failure());
			return (text != null) ? text : "connection failed";
		}
		if (cause instanceof DisconnectCause.SupplyFailed failed) {
			return ofPreparation(failed.failure());
		}
		if (cause instanceof DisconnectCause.WriteFailed failed) {
			String text = FailureText.of(failed.failure());
			return "write failed" + ((text != null) ? ": " + text : "");
		}
		if (cause instanceof DisconnectCause.OwnershipLost lost) {
			return "lost the line" + (lost.reason().isEmpty() ? "" : ": " + printable(lost.reason()));
		}
		return (cause instanceof DisconnectCause.HeartbeatLost) ? "heartbeat lost" : "requested";
	}

	private static String reason(DisconnectCause.Closed closed) {
		boolean message = !closed.byPeer() && closed.reason().startsWith("on-message[");
		return (message) ? "a message of the server matched reconnect." + closed.reason() : printable(closed.reason());
	}

	private static String ofPreparation(Throwable failure) {
		if (failure instanceof DescribedFailure described) {
			return described.getDescription();
		}
		String text = FailureText.of(failure);
		if (FailureText.TIMED_OUT.equals(text)) {
			return "preparing the handshake timed out";
		}
		return "preparing the handshake failed" + ((text != null) ? ": " + text : "");
	}

	/**
	 * Escape characters that could forge lines of a log or colours of a terminal.
	 * @param text text of a peer or a user
	 * @return the first 123 characters, printable
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
