package io.github.resilientws.internal.delivery;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.admission.OutboxEntry;

/**
 * Finds a message that ends connections: the one that was the oldest in flight at ten
 * consecutive losses without an answer in between. Confined to the client's executor.
 */
final class PoisonDetector {

	private static final int MAX_LOSSES = 10;

	// oldest message of the connection that was released last
	private @Nullable OutboxEntry oldest;

	private @Nullable OutboxEntry suspect;

	private int attempts;

	private int losses;

	/**
	 * Messages no longer go to a connection.
	 * @param oldest its oldest message in flight, or {@code null}
	 */
	void onConnectionReleased(@Nullable OutboxEntry oldest) {
		this.oldest = oldest;
	}

	/** The server has answered a message. */
	void onAnswer() {
		this.suspect = null;
	}

	/**
	 * The connection that was released last was lost.
	 * @return the message that has to be given up, or {@code null}
	 */
	@Nullable OutboxEntry onConnectionLost() {
		OutboxEntry candidate = this.oldest;
		this.oldest = null;
		if (candidate == null) {
			return null;
		}
		if (candidate == this.suspect && candidate.attempts() == this.attempts) {
			// its write to an older connection is not complete: this connection did not
			// carry it
			return null;
		}
		this.losses = (candidate == this.suspect) ? this.losses + 1 : 1;
		this.suspect = candidate;
		this.attempts = candidate.attempts();
		if (this.losses < MAX_LOSSES || candidate.phase() == OutboxEntry.Phase.DONE) {
			return null;
		}
		this.suspect = null;
		return candidate;
	}

}
