package io.github.resilientws.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.Handshake;

/**
 * Context of an attempt to connect. Tracing writes its headers into the handshake.
 *
 * @since 0.1
 */
public class HandshakeObservationContext extends SenderContext<Handshake> {

	private final Handshake handshake;

	private volatile Outcome outcome = Outcome.UNKNOWN;

	private volatile @Nullable DisconnectCause cause;

	/**
	 * Create a context.
	 * @param handshake the attempt
	 */
	public HandshakeObservationContext(Handshake handshake) {
		super((carrier, name, value) -> handshake.setHeader(name, value), Kind.CLIENT);
		this.handshake = handshake;
		setCarrier(handshake);
	}

	/**
	 * Return the attempt.
	 * @return the attempt; it may be changed only before the customizers are called
	 */
	public Handshake getHandshake() {
		return this.handshake;
	}

	/**
	 * Return how the attempt ended.
	 * @return the outcome
	 */
	public Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return why the attempt failed.
	 * @return the cause, or {@code null}
	 */
	public @Nullable DisconnectCause getCause() {
		return this.cause;
	}

	/**
	 * Set how the attempt ended.
	 * @param failure why it failed, or {@code null} if the handshake was done
	 */
	public void setEnd(@Nullable DisconnectCause failure) {
		this.cause = failure;
		this.outcome = (failure != null) ? Outcome.FAILURE : Outcome.SUCCESS;
	}

}
