package io.github.resilientws.internal.delivery;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Receives the acknowledgements of a server, on the client's executor, from any
 * connection that is read, even after it was replaced.
 */
public interface AcknowledgementHandler {

	/** Knows no message. */
	AcknowledgementHandler NONE = new AcknowledgementHandler() {

		@Override
		public @Nullable UUID expectedId() {
			return null;
		}

		@Override
		public void onExpectedAcknowledged() {
			throw new IllegalStateException("no message is expected");
		}

		@Override
		public boolean onAcknowledged(String id) {
			return false;
		}

		@Override
		public boolean onRefused(String id, String reason) {
			return false;
		}

	};

	/**
	 * Return the id that comes next if the server acknowledges in order.
	 * @return the id, if it was generated for the message, or {@code null}
	 */
	@Nullable UUID expectedId();

	/** The server has accepted the message that was {@link #expectedId() expected}. */
	void onExpectedAcknowledged();

	/**
	 * The server has accepted a message.
	 * @param id id of the message
	 * @return whether such a message or dead letter exists
	 */
	boolean onAcknowledged(String id);

	/**
	 * The server refuses a message.
	 * @param id id of the message
	 * @param reason the reason, for a reader
	 * @return whether there is such a message
	 */
	boolean onRefused(String id, String reason);

}
