package io.github.resilientws.observation;

import java.util.Locale;

/**
 * How what is observed ended.
 */
public enum Outcome {

	/** It has not ended. */
	UNKNOWN,

	/** It ended well. */
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
