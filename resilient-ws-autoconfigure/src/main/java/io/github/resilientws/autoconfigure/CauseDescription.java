package io.github.resilientws.autoconfigure;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.DisconnectCause.SupplyFailed;
import io.github.resilientws.DisconnectCause.WriteFailed;

/**
 * What operators read about a cause: bounded, printable, without messages of exceptions,
 * which may hold URLs or tokens.
 */
public final class CauseDescription {

	/** A close frame has no longer reason. */
	private static final int LONGEST_REASON = 123;

	private CauseDescription() {
	}

	/**
	 * Describe a cause.
	 * @param cause the cause, or {@code null}
	 * @return a short text such as {@code Closed 1001 by peer: going away}, or
	 * {@code null} if there is no cause
	 */
	public static @Nullable String of(@Nullable DisconnectCause cause) {
		if (cause == null) {
			return null;
		}
		String name = cause.getClass().getSimpleName();
		if (cause instanceof Closed closed) {
			return name + " " + closed.code() + (closed.byPeer() ? " by peer" : " by us") + reason(closed.reason());
		}
		if (cause instanceof HandshakeRefused refused) {
			return name + " " + refused.status();
		}
		if (cause instanceof ConnectFailed failed) {
			return name + " " + type(failed.failure());
		}
		if (cause instanceof SupplyFailed failed) {
			return name + " " + type(failed.failure());
		}
		return (cause instanceof WriteFailed failed) ? name + " " + type(failed.failure()) : name;
	}

	private static String type(Throwable failure) {
		String name = failure.getClass().getSimpleName();
		return name.isEmpty() ? failure.getClass().getName() : name;
	}

	private static String reason(String reason) {
		StringBuilder text = new StringBuilder(reason.isEmpty() ? "" : ": ");
		reason.codePoints().limit(LONGEST_REASON).forEach((character) -> append(text, character));
		return text.toString();
	}

	private static void append(StringBuilder text, int character) {
		int type = Character.getType(character);
		boolean printable = type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE
				&& type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR
				&& type != Character.UNASSIGNED && type != Character.PRIVATE_USE;
		if (printable) {
			text.appendCodePoint(character);
		}
		else {
			text.append(String.format("\\u%04x", character));
		}
	}

}
