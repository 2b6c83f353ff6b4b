package io.github.resilientws.protocol;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ComputedValue;
import io.github.resilientws.DescribedFailure;
import io.github.resilientws.FailureDescription;

/**
 * A {@link ComputedValue} threw an exception, or returned {@code null}. The message never
 * holds a value.
 *
 * @since 0.1
 */
public class ValueComputationException extends IllegalStateException implements DescribedFailure {

	/** Names the value and the failure. */
	private final String description;

	/**
	 * Create an exception.
	 * @param name name of the value
	 * @param cause the exception, or {@code null} if the value was {@code null}
	 */
	public ValueComputationException(String name, @Nullable Throwable cause) {
		super("the computed value {{" + name + "}} failed", cause);
		this.description = "the computed value {{" + name + "}} "
				+ ((cause != null) ? "failed: " + FailureDescription.describe(cause) : "was null");
	}

	@Override
	public String getDescription() {
		return this.description;
	}

}
