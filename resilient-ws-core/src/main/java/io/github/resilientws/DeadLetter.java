package io.github.resilientws;

import java.time.Instant;

/**
 * A message that the client gave up although its arrival is uncertain.
 *
 * @param id id of the message
 * @param payload its bytes as they were sent: a {@code String} or a read-only
 * {@code ByteBuffer}
 * @param attempts how often its bytes were handed to a transport
 * @param since when it was given up
 * @param cause why it was given up
 * @since 0.1
 */
public record DeadLetter(String id, Object payload, int attempts, Instant since, Cause cause) {

	@Override
	public String toString() {
		return "DeadLetter[id=" + CauseDescription.printable(this.id) + ", attempts=" + this.attempts + ", since="
				+ this.since + ", cause=" + this.cause + "]";
	}

	/**
	 * Why a message was given up.
	 */
	public enum Cause {

		/** {@code delivery.max-attempts} transmissions were not acknowledged in time. */
		NOT_ACKNOWLEDGED,

		/**
		 * It was the oldest message in flight when ten connections in a row were lost
		 * without an acknowledgement.
		 */
		POISON,

		/**
		 * It was sent before, perhaps by an earlier run, and now the codec of
		 * {@code framing.codec} cannot encode it.
		 */
		NOT_ENCODED,

		/**
		 * A later version of this library stored it, for a cause that this one does not
		 * know.
		 */
		UNKNOWN

	}

}
