package io.github.resilientws.settings;

import java.time.Duration;

/**
 * Settings of the delivery of messages.
 *
 * @param guarantee meaning of a completed future of {@code send}; by default {@code
 * AT_MOST_ONCE}
 * @param ack form of acknowledgements; by default {@code /type = ack} with the id at
 * {@code /messageId}
 * @param nack form of negative acknowledgements; by default none are recognised
 * @param ackTimeout time from the completed write to the resend; by default 5 seconds
 * @param maxAttempts transmissions that may end without an acknowledgement in time before
 * the message is a dead letter; by default 3
 * @param window largest number of messages handed over and not yet acknowledged; 1 for
 * strict order; by default 64
 * @param id locator of the id inside payloads, which are then sent verbatim; empty to
 * generate ids and use the envelope; by default empty
 * @param envelope template of the message around id and payload; by default an object
 * with {@code id} and {@code data}
 * @param idType kind of generated ids; by default {@code UUID}
 * @since 0.1
 */
public record DeliverySettings(Guarantee guarantee, Ack ack, Nack nack, Duration ackTimeout, int maxAttempts,
		int window, String id, String envelope, IdType idType) {

	/**
	 * At most once. For at least once: the default envelope, and acknowledgements that
	 * fit it.
	 */
	public static final DeliverySettings DEFAULTS = new DeliverySettings(Guarantee.AT_MOST_ONCE,
			new Ack("/type = ack", "/messageId"), new Nack("", "", ""), Duration.ofSeconds(5), 3, 64, "",
			"{\"id\":{{id}},\"data\":{{payload}}}", IdType.UUID);

	/**
	 * Return a copy that delivers at least once.
	 * @return the copy
	 */
	public DeliverySettings atLeastOnce() {
		return withGuarantee(Guarantee.AT_LEAST_ONCE);
	}

	/**
	 * Return a copy with the given {@code guarantee}.
	 * @param guarantee meaning of a completed future of {@code send}
	 * @return the copy
	 */
	public DeliverySettings withGuarantee(Guarantee guarantee) {
		return new DeliverySettings(guarantee, this.ack, this.nack, this.ackTimeout, this.maxAttempts, this.window,
				this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given {@code ack}.
	 * @param ack form of acknowledgements
	 * @return the copy
	 */
	public DeliverySettings withAck(Ack ack) {
		return new DeliverySettings(this.guarantee, ack, this.nack, this.ackTimeout, this.maxAttempts, this.window,
				this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given {@code nack}.
	 * @param nack form of negative acknowledgements
	 * @return the copy
	 */
	public DeliverySettings withNack(Nack nack) {
		return new DeliverySettings(this.guarantee, this.ack, nack, this.ackTimeout, this.maxAttempts, this.window,
				this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given {@code ack-timeout}.
	 * @param ackTimeout time from the completed write to the resend
	 * @return the copy
	 */
	public DeliverySettings withAckTimeout(Duration ackTimeout) {
		return new DeliverySettings(this.guarantee, this.ack, this.nack, ackTimeout, this.maxAttempts, this.window,
				this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given {@code max-attempts}.
	 * @param maxAttempts transmissions that may end without an acknowledgement in time
	 * before the message is a dead letter
	 * @return the copy
	 */
	public DeliverySettings withMaxAttempts(int maxAttempts) {
		return new DeliverySettings(this.guarantee, this.ack, this.nack, this.ackTimeout, maxAttempts, this.window,
				this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given {@code window}.
	 * @param window largest number of messages handed over and not yet acknowledged; 1
	 * for strict order
	 * @return the copy
	 */
	public DeliverySettings withWindow(int window) {
		return new DeliverySettings(this.guarantee, this.ack, this.nack, this.ackTimeout, this.maxAttempts, window,
				this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given {@code id}.
	 * @param id locator of the id inside payloads, which are then sent verbatim; empty to
	 * generate ids and use the envelope
	 * @return the copy
	 */
	public DeliverySettings withId(String id) {
		return new DeliverySettings(this.guarantee, this.ack, this.nack, this.ackTimeout, this.maxAttempts, this.window,
				id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given {@code envelope}.
	 * @param envelope template of the message around id and payload
	 * @return the copy
	 */
	public DeliverySettings withEnvelope(String envelope) {
		return new DeliverySettings(this.guarantee, this.ack, this.nack, this.ackTimeout, this.maxAttempts, this.window,
				this.id, envelope, this.idType);
	}

	/**
	 * Return a copy with the given {@code id-type}.
	 * @param idType kind of generated ids
	 * @return the copy
	 */
	public DeliverySettings withIdType(IdType idType) {
		return new DeliverySettings(this.guarantee, this.ack, this.nack, this.ackTimeout, this.maxAttempts, this.window,
				this.id, this.envelope, idType);
	}

	/**
	 * Return a copy that recognises these acknowledgements.
	 * @param when matcher; empty: every message with an id is an acknowledgement
	 * @param id locator of the id
	 * @return the copy
	 */
	public DeliverySettings withAck(String when, String id) {
		return withAck(new Ack(when, id));
	}

	/**
	 * Return a copy that recognises these negative acknowledgements.
	 * @param when matcher; empty: every message with an id is one
	 * @param id locator of the id; empty for that of acknowledgements
	 * @param reason locator of the reason; empty for none
	 * @return the copy
	 */
	public DeliverySettings withNack(String when, String id, String reason) {
		return withNack(new Nack(when, id, reason));
	}

	/**
	 * Return a copy with the given envelope.
	 * @param envelope template of the message around id and payload
	 * @param idType kind of generated ids
	 * @return the copy
	 */
	public DeliverySettings withEnvelope(String envelope, IdType idType) {
		return withEnvelope(envelope).withIdType(idType);
	}

	/**
	 * Return whether messages are acknowledged.
	 * @return whether the guarantee is {@code AT_LEAST_ONCE}
	 */
	public boolean isAtLeastOnce() {
		return this.guarantee == Guarantee.AT_LEAST_ONCE;
	}

	/**
	 * Return whether another envelope than the default one is set, which then applies to
	 * messages that are not acknowledged, too. An empty one is none.
	 * @return whether it is set and used
	 */
	public boolean hasOwnEnvelope() {
		return this.id.isEmpty() && !this.envelope.isEmpty() && !this.envelope.equals(DEFAULTS.envelope);
	}

	/** Return a description without the envelope, which may hold a secret. */
	@Override
	public String toString() {
		return "DeliverySettings[guarantee=" + this.guarantee + ", ackTimeout=" + this.ackTimeout + ", maxAttempts="
				+ this.maxAttempts + ", window=" + this.window + ", idType=" + this.idType + "]";
	}

	/**
	 * Form of acknowledgements.
	 *
	 * @param when matcher of an acknowledgement; empty: every message with an id is one
	 * @param id locator of the id of the acknowledged message
	 */
	public record Ack(String when, String id) {

		/**
		 * Return a copy with the given {@code when}.
		 * @param when matcher of an acknowledgement; empty: every message with an id is
		 * one
		 * @return the copy
		 */
		public Ack withWhen(String when) {
			return new Ack(when, this.id);
		}

		/**
		 * Return a copy with the given {@code id}.
		 * @param id locator of the id of the acknowledged message
		 * @return the copy
		 */
		public Ack withId(String id) {
			return new Ack(this.when, id);
		}

	}

	/**
	 * Form of negative acknowledgements.
	 *
	 * @param when matcher of a negative acknowledgement; empty: every message in which
	 * {@code id} finds an id is one
	 * @param id locator of the id of the refused message; empty for that of
	 * acknowledgements, or for none without {@code when}
	 * @param reason locator of the reason; empty for none
	 */
	public record Nack(String when, String id, String reason) {

		/**
		 * Return a copy with the given {@code when}.
		 * @param when matcher of a negative acknowledgement; empty: every message in
		 * which {@code id} finds an id is one
		 * @return the copy
		 */
		public Nack withWhen(String when) {
			return new Nack(when, this.id, this.reason);
		}

		/**
		 * Return a copy with the given {@code id}.
		 * @param id locator of the id of the refused message; empty for that of
		 * acknowledgements, or for none without {@code when}
		 * @return the copy
		 */
		public Nack withId(String id) {
			return new Nack(this.when, id, this.reason);
		}

		/**
		 * Return a copy with the given {@code reason}.
		 * @param reason locator of the reason; empty for none
		 * @return the copy
		 */
		public Nack withReason(String reason) {
			return new Nack(this.when, this.id, reason);
		}

	}

	/**
	 * Meaning of a completed future of {@code send}.
	 */
	public enum Guarantee {

		/** At most once: the bytes were handed to the operating system. */
		AT_MOST_ONCE,

		/**
		 * At least once: the server acknowledged the message, and may have received it
		 * more than once.
		 */
		AT_LEAST_ONCE

	}

	/**
	 * Kind of generated ids.
	 */
	public enum IdType {

		/** A time-ordered UUID (RFC 9562, version 7), a JSON string. */
		UUID,

		/** A number that grows, also across restarts; a JSON number. */
		SEQUENCE

	}

}
