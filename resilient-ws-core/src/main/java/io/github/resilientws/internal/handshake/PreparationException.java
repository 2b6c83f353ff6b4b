package io.github.resilientws.internal.handshake;

import io.github.resilientws.DescribedFailure;

/**
 * An attempt lacks something that it needs before it can dial.
 */
final class PreparationException extends IllegalStateException implements DescribedFailure {

	private final String description;

	/**
	 * Create an exception.
	 * @param description what is missing, without a secret
	 */
	PreparationException(String description) {
		super(description);
		this.description = description;
	}

	@Override
	public String getDescription() {
		return this.description;
	}

}
