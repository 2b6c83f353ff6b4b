package io.github.resilientws.autoconfigure.config;

/**
 * The configuration of the application is not allowed.
 *
 * @since 0.1
 */
public class InvalidConfigurationException extends RuntimeException {

	private final String action;

	/**
	 * Create an exception.
	 * @param description the mistake and the allowed values, without secrets
	 * @param action the correction
	 */
	public InvalidConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * Create an exception.
	 * @param description the mistake and the allowed values, without secrets
	 * @param action the correction
	 * @param cause the cause
	 */
	public InvalidConfigurationException(String description, String action, Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	String getAction() {
		return this.action;
	}

}
