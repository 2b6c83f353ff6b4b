package io.github.resilientws.observation;

import io.micrometer.observation.Observation;

/**
 * Context of a received message that listeners handle.
 *
 * @since 0.1
 */
public class ReceiveObservationContext extends Observation.Context {

	private final String clientName;

	private volatile Outcome outcome = Outcome.UNKNOWN;

	/**
	 * Create a context.
	 * @param clientName name of the client
	 */
	public ReceiveObservationContext(String clientName) {
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
	 * Return the result of the listeners.
	 * @return the outcome
	 */
	public Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Set the result of the listeners.
	 * @param outcome the outcome
	 */
	public void setOutcome(Outcome outcome) {
		this.outcome = outcome;
	}

}
