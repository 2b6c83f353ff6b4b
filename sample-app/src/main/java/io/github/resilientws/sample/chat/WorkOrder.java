package io.github.resilientws.sample.chat;

import java.time.Instant;

/**
 * A work order as the page shows it.
 *
 * @param id id of the message
 * @param text what shall be done
 * @param at when it was placed
 * @param status how far it got
 */
public record WorkOrder(String id, String text, Instant at, Status status) {

	WorkOrder withStatus(Status status) {
		return new WorkOrder(this.id, this.text, this.at, status);
	}

	/**
	 * How far a work order got.
	 */
	public enum Status {

		/** Accepted: in the outbox and in its file. */
		WAITING,

		/** The server has it. */
		ACKNOWLEDGED,

		/**
		 * The client was closed; the file has it and it goes out after the next connect.
		 */
		KEPT,

		/** Sent three times and never acknowledged: a dead letter. */
		DEAD,

		/** A dead letter that was given up by hand. */
		DISCARDED,

		/** Never accepted. */
		REFUSED

	}

}
