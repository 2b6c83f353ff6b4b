package io.github.resilientws.internal.persistence;

import org.jspecify.annotations.Nullable;

/**
 * What may happen to an outbox.
 */
sealed interface ModelStep {

	void perform(OutboxModel model);

	/**
	 * A message is sent.
	 *
	 * @param id its id
	 * @param key its key
	 * @param ttlMillis its time to live; 0 for ever
	 * @param isVolatile whether it must not wait for a connection
	 */
	record Send(String id, @Nullable String key, int ttlMillis, boolean isVolatile) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.send(this.id, this.key, this.ttlMillis, this.isVolatile);
		}

	}

	/**
	 * The server acknowledges, perhaps what it never got.
	 *
	 * @param id the id
	 * @param times how often
	 */
	record Ack(String id, int times) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			for (int i = 0; i < this.times; i++) {
				model.ack(this.id);
			}
		}

	}

	/** The server acknowledges all that it got, the last first. */
	record AckAll() implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.ackAll();
		}

	}

	/** The server refuses a message. */
	record Nack(String id) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.nack(this.id);
		}

	}

	/** The results of writes are held back until further notice. */
	record HoldWrites() implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.holdWrites();
		}

	}

	/** It is. */
	record ReleaseWrites() implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.releaseWrites();
		}

	}

	/**
	 * The connection is lost; of the oldest write that is held only a part went out.
	 *
	 * @param written how much of it certainly
	 * @param started how much more perhaps
	 */
	record Lose(int written, int started) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.lose(this.written, this.started);
		}

	}

	/** The connection is lost some times in a row, each time as soon as it is there. */
	record Flap(int times) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.flap(this.times);
		}

	}

	/** The connection is lost, and the server refuses the next one for good. */
	record GiveUp() implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.giveUp();
		}

	}

	/** Time passes. */
	record Advance(int millis) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.advance(this.millis);
		}

	}

	/**
	 * The process is killed and started again.
	 *
	 * @param kept how many changes of the store without a waiting caller were kept
	 */
	record Crash(int kept) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.crash(this.kept);
		}

	}

	/** The client is to connect, from whatever state. */
	record Connect() implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.connect();
		}

	}

	/** The client is to connect, and a message is sent at once. */
	record ConnectAndSend(String id) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.connectAndSend(this.id);
		}

	}

	/** The client is closed, and has time for it. */
	record Disconnect() implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.disconnect();
		}

	}

	/** The client is to be silent. */
	record Suspend() implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.suspend();
		}

	}

	/** A dead letter is sent again. */
	record Resubmit(String id) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.resubmit(this.id);
		}

	}

	/** A dead letter is forgotten. */
	record Discard(String id) implements ModelStep {

		@Override
		public void perform(OutboxModel model) {
			model.discard(this.id);
		}

	}

}
