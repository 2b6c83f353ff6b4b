package io.github.resilientws.sample.chat;

import java.time.Instant;

/**
 * A work order on the page.
 *
 * @param id id of the message
 * @param text the work to do
 * @param at time at which it was placed
 * @param status present status
 */
public record WorkOrder(String id, String text, Instant at, Status status) {

	WorkOrder withStatus(Status status) {
		return new WorkOrder(this.id, this.text, this.at, status);
	}

	/**
	 * Status of a work order.
	 */
	public enum Status {

		/** Accepted: in the outbox and in its file or database. */
		WAITING,

		/** The server acknowledged it. */
		ACKNOWLEDGED,

		/**
		 * The client was closed. The file or database keeps the order, which is sent
		 * after the next connect.
		 */
		KEPT,

		/** Sent three times and never acknowledged: a dead letter. */
		DEAD,

		/** A dead letter that was discarded by hand. */
		DISCARDED,

		/** The outbox refused it. */
		REFUSED;

		boolean isFinal() {
			return this == ACKNOWLEDGED || this == DISCARDED || this == REFUSED;
		}

	}

}
