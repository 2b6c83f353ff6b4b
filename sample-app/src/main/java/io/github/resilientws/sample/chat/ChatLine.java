package io.github.resilientws.sample.chat;

import java.time.Instant;

/**
 * A chat line as the page shows it.
 *
 * @param id id of the line
 * @param from author
 * @param text text
 * @param at time at which it was written or received
 * @param status present status
 * @param sends number of times it was given to the client; 0 for a line of another author
 */
public record ChatLine(String id, String from, String text, Instant at, Status status, int sends) {

	ChatLine withStatus(Status status) {
		return new ChatLine(this.id, this.from, this.text, this.at, status, this.sends);
	}

	ChatLine sentAgain() {
		return new ChatLine(this.id, this.from, this.text, this.at, Status.WAITING, this.sends + 1);
	}

	/**
	 * Status of a line.
	 */
	public enum Status {

		/** In the client's outbox. */
		WAITING,

		/** Handed to the operating system. */
		SENT,

		/** The client could not deliver it; it is sent again when the client is ready. */
		HELD,

		/** The server sent it back. */
		ARRIVED

	}

}
