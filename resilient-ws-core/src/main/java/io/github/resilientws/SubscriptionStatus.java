package io.github.resilientws;

/**
 * What went wrong with a subscription, or that it is finished.
 *
 * @since 0.1
 */
public enum SubscriptionStatus {

	/** It has ended: the server refused it, or a value of its template is missing. */
	REFUSED,

	/** It has ended: the server finished it. */
	ENDED,

	/** It was not confirmed in time, and stays. */
	TIMED_OUT

}
