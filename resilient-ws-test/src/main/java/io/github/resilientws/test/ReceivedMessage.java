package io.github.resilientws.test;

/**
 * A message, ping, pong or close frame from a client.
 *
 * @param nanos time of the read, as {@link System#nanoTime()}
 * @param connection number of the connection, from 1 in order of acceptance
 * @param kind its kind
 * @param text the text; empty for a binary message, the reason of a close frame
 * @param bytes the payload
 * @param code the code of a close frame, 1005 without one; 0 otherwise
 * @since 0.1
 */
public record ReceivedMessage(long nanos, int connection, Kind kind, String text, byte[] bytes, int code) {

	@Override
	public String toString() {
		return this.kind + "(" + ((this.kind == Kind.CLOSE) ? this.code + " " : "") + this.text + ")#"
				+ this.connection;
	}

	/**
	 * Kinds of messages and frames from a client.
	 */
	public enum Kind {

		/** A whole text message. */
		TEXT,

		/** A whole binary message. */
		BINARY,

		/** A ping. */
		PING,

		/** A pong. */
		PONG,

		/** A close frame. */
		CLOSE;

		boolean isControl() {
			return ordinal() >= PING.ordinal();
		}

	}

}
