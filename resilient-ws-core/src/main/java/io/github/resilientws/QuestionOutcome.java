package io.github.resilientws;

/**
 * How a question of the server ended.
 *
 * @since 0.1
 */
public enum QuestionOutcome {

	/** A listener answered. */
	SUCCESS,

	/** A listener failed, or its answer could not be written. */
	FAILURE,

	/** No listener answered in time. */
	TIMEOUT,

	/** No listener method matched. */
	UNHANDLED,

	/** The connection ended before the answer. */
	LOST

}
