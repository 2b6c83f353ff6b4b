package io.github.resilientws.internal.monitoring;

/**
 * The error of an observation. Tracing exports texts and causes of exceptions, and those
 * of other code may contain secrets.
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
