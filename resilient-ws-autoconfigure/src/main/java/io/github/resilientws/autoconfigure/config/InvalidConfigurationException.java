package io.github.resilientws.autoconfigure.config;

/**
 * The application is configured in a way that is not allowed.
 */
public class InvalidConfigurationException extends RuntimeException {

	private final String action;

	/**
	 * Create an exception.
	 * @param description what is wrong and what is allowed, without secrets
	 * @param action what to do about it
	 */
	public InvalidConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * Create an exception.
	 * @param description what is wrong and what is allowed, without secrets
	 * @param action what to do about it
	 * @param cause what showed it
	 */
	public InvalidConfigurationException(String description, String action, Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	String getAction() {
		return this.action;
	}

}
