package io.github.resilientws.internal.monitoring;

/**
 * Tells an observation of a failure. Tracing exports texts and causes of exceptions, and
 * those of others may hold secrets.
 */
final class ObservedFailure extends RuntimeException {

	/**
	 * Create a failure without cause and stack trace.
	 * @param text a text that is safe to show
	 */
	ObservedFailure(String text) {
		super(text, null, false, false);
	}

}
