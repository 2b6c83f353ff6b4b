package io.github.resilientws.observation;

import java.util.Locale;

/**
 * Result of an observed operation.
 *
 * @since 0.1
 */
public enum Outcome {

	/** It has not ended yet. */
	UNKNOWN,

	/** It succeeded. */
	SUCCESS,

	/** It failed. */
	FAILURE;

	/**
	 * Return the outcome as the value of a key.
	 * @return the name in lower case
	 */
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
