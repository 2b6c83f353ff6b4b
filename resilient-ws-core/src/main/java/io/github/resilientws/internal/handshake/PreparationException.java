package io.github.resilientws.internal.handshake;

import io.github.resilientws.DescribedFailure;

/**
 * An attempt cannot begin because a URL or a value is missing.
 */
final class PreparationException extends IllegalStateException implements DescribedFailure {

	private final String description;

	/**
	 * Create an exception.
	 * @param description description of the missing item, without a secret
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
