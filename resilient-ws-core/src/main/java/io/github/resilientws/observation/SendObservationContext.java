package io.github.resilientws.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Context of a message that is sent.
 *
 * @since 0.1
 */
public class SendObservationContext extends Observation.Context {

	private final String clientName;

	private volatile Outcome outcome = Outcome.UNKNOWN;

	private volatile @Nullable String messageId;

	private volatile @Nullable Reason reason;

	/**
	 * Create a context.
	 * @param clientName name of the client
	 */
	public SendObservationContext(String clientName) {
		this.clientName = clientName;
	}

	/**
	 * Return the name of the client.
	 * @return the name
	 */
	public String getClientName() {
		return this.clientName;
	}

	/**
	 * Return how the delivery ended.
	 * @return the outcome
	 */
	public Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return the id of the message.
	 * @return the id, or {@code null} before the end
	 */
	public @Nullable String getMessageId() {
		return this.messageId;
	}

	/**
	 * Return why the message was not delivered.
	 * @return the reason, or {@code null}
	 */
	public @Nullable Reason getReason() {
		return this.reason;
	}

	/**
	 * Record that the message was delivered.
	 * @param delivery its delivery
	 */
	public void setDelivery(Delivery delivery) {
		this.messageId = delivery.id();
		this.outcome = Outcome.SUCCESS;
	}

	/**
	 * Record that the message was not delivered.
	 * @param failure the exception of its future
	 */
	public void setFailure(Throwable failure) {
		if (failure instanceof WebSocketDeliveryException ex) {
			this.messageId = ex.getMessageId();
			this.reason = ex.getReason();
		}
		this.outcome = Outcome.FAILURE;
	}

}
