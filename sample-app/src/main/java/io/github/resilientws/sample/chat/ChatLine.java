package io.github.resilientws.sample.chat;

import java.time.Instant;

/**
 * A chat line as the page shows it.
 *
 * @param id id of the line
 * @param from who wrote it
 * @param text what was written
 * @param at when
 * @param status how far it got
 * @param sends how often it was given to the client; 0 for a line of somebody else
 */
public record ChatLine(String id, String from, String text, Instant at, Status status, int sends) {

	ChatLine withStatus(Status status) {
		return new ChatLine(this.id, this.from, this.text, this.at, status, this.sends);
	}

	ChatLine sentAgain() {
		return new ChatLine(this.id, this.from, this.text, this.at, Status.WAITING, this.sends + 1);
	}

	/**
	 * How far a line got.
	 */
	public enum Status {

		/** In the client's outbox. */
		WAITING,

		/** Handed to the operating system. */
		SENT,

		/** The client could not deliver it; it is sent again when the client is ready. */
		HELD,

		/** Back from the server. */
		ARRIVED

	}

}
