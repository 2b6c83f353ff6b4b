package io.github.resilientws.observation;

import io.micrometer.observation.Observation;

/**
 * A message that listeners handle.
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
	 * Return how the listeners ended.
	 * @return the outcome
	 */
	public Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Set how the listeners ended.
	 * @param outcome the outcome
	 */
	public void setOutcome(Outcome outcome) {
		this.outcome = outcome;
	}

}
