package io.github.resilientws.settings;

import java.time.Duration;

/**
 * How messages are delivered.
 *
 * @param guarantee what a completed future of {@code send} means
 * @param ackWhen matcher of an acknowledgement; empty: every frame with an id is one
 * @param ackId locator of the id in an acknowledgement
 * @param nackWhen matcher of a negative acknowledgement; empty: every frame in which
 * {@code nackId} finds an id is one
 * @param nackId locator of the id in a negative acknowledgement; empty for that of
 * {@code ackId}, or for none without {@code nackWhen}
 * @param nackReason locator of the reason in a negative acknowledgement; empty for none
 * @param ackTimeout time from the completed write to the resend
 * @param maxAttempts transmissions that may end without an acknowledgement in time before
 * the message is a dead letter
 * @param window largest number of messages handed over and not yet acknowledged
 * @param id locator of the id that payloads bring; empty to generate ids and use the
 * envelope
 * @param envelope template of the frame around id and payload
 * @param idType kind of generated ids
 */
public record DeliverySettings(Guarantee guarantee, String ackWhen, String ackId, String nackWhen, String nackId,
		String nackReason, Duration ackTimeout, int maxAttempts, int window, String id, String envelope,
		IdType idType) {

	/**
	 * At most once; for at least once the acknowledgements that the envelope goes with.
	 */
	public static final DeliverySettings DEFAULTS = new DeliverySettings(Guarantee.AT_MOST_ONCE, "/type = ack",
			"/messageId", "", "", "", Duration.ofSeconds(5), 3, 64, "", "{\"id\":{{id}},\"data\":{{payload}}}",
			IdType.UUID);

	/**
	 * Return a copy that delivers at least once.
	 * @return the copy
	 */
	public DeliverySettings atLeastOnce() {
		return withGuarantee(Guarantee.AT_LEAST_ONCE);
	}

	/**
	 * Return a copy with the given guarantee.
	 * @param guarantee what a completed future of {@code send} means
	 * @return the copy
	 */
	public DeliverySettings withGuarantee(Guarantee guarantee) {
		return new DeliverySettings(guarantee, this.ackWhen, this.ackId, this.nackWhen, this.nackId, this.nackReason,
				this.ackTimeout, this.maxAttempts, this.window, this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy that recognises these acknowledgements.
	 * @param when matcher; empty: every frame with an id is an acknowledgement
	 * @param id locator of the id
	 * @return the copy
	 */
	public DeliverySettings withAck(String when, String id) {
		return new DeliverySettings(this.guarantee, when, id, this.nackWhen, this.nackId, this.nackReason,
				this.ackTimeout, this.maxAttempts, this.window, this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy that recognises these negative acknowledgements.
	 * @param when matcher; empty: every frame with an id is one
	 * @param id locator of the id; empty for that of acknowledgements
	 * @param reason locator of the reason; empty for none
	 * @return the copy
	 */
	public DeliverySettings withNack(String when, String id, String reason) {
		return new DeliverySettings(this.guarantee, this.ackWhen, this.ackId, when, id, reason, this.ackTimeout,
				this.maxAttempts, this.window, this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given time-out.
	 * @param ackTimeout time from the completed write to the resend
	 * @return the copy
	 */
	public DeliverySettings withAckTimeout(Duration ackTimeout) {
		return new DeliverySettings(this.guarantee, this.ackWhen, this.ackId, this.nackWhen, this.nackId,
				this.nackReason, ackTimeout, this.maxAttempts, this.window, this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given number of attempts.
	 * @param maxAttempts transmissions without an acknowledgement in time
	 * @return the copy
	 */
	public DeliverySettings withMaxAttempts(int maxAttempts) {
		return new DeliverySettings(this.guarantee, this.ackWhen, this.ackId, this.nackWhen, this.nackId,
				this.nackReason, this.ackTimeout, maxAttempts, this.window, this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given window.
	 * @param window largest number of messages handed over and not yet acknowledged; 1
	 * for strict order
	 * @return the copy
	 */
	public DeliverySettings withWindow(int window) {
		return new DeliverySettings(this.guarantee, this.ackWhen, this.ackId, this.nackWhen, this.nackId,
				this.nackReason, this.ackTimeout, this.maxAttempts, window, this.id, this.envelope, this.idType);
	}

	/**
	 * Return a copy for payloads that bring their own id and go out verbatim.
	 * @param id locator of the id
	 * @return the copy
	 */
	public DeliverySettings withOwnId(String id) {
		return new DeliverySettings(this.guarantee, this.ackWhen, this.ackId, this.nackWhen, this.nackId,
				this.nackReason, this.ackTimeout, this.maxAttempts, this.window, id, this.envelope, this.idType);
	}

	/**
	 * Return a copy with the given envelope.
	 * @param envelope template of the frame around id and payload
	 * @param idType kind of generated ids
	 * @return the copy
	 */
	public DeliverySettings withEnvelope(String envelope, IdType idType) {
		return new DeliverySettings(this.guarantee, this.ackWhen, this.ackId, this.nackWhen, this.nackId,
				this.nackReason, this.ackTimeout, this.maxAttempts, this.window, this.id, envelope, idType);
	}

	/**
	 * Return whether messages are acknowledged.
	 * @return whether the guarantee is {@code AT_LEAST_ONCE}
	 */
	public boolean isAtLeastOnce() {
		return this.guarantee == Guarantee.AT_LEAST_ONCE;
	}

	/** The envelope may hold a secret. */
	@Override
	public String toString() {
		return "DeliverySettings[guarantee=" + this.guarantee + ", ackTimeout=" + this.ackTimeout + ", maxAttempts="
				+ this.maxAttempts + ", window=" + this.window + ", idType=" + this.idType + "]";
	}

	/**
	 * What a completed future of {@code send} means.
	 */
	public enum Guarantee {

		/** The bytes were handed to the operating system, once. */
		AT_MOST_ONCE,

		/** The server acknowledged the message, which it may have got more than once. */
		AT_LEAST_ONCE

	}

	/**
	 * Kind of generated ids.
	 */
	public enum IdType {

		/** A time-ordered UUID (RFC 9562, version 7), a JSON string. */
		UUID,

		/** A number that grows, also over restarts; a JSON number. */
		SEQUENCE

	}

}
