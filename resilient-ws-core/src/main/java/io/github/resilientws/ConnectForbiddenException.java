package io.github.resilientws;

/**
 * An attempt was forbidden before a name was looked up or a connection opened. Another
 * attempt would not help, so the client gives up.
 *
 * @since 0.1
 */
public class ConnectForbiddenException extends RuntimeException implements DescribedFailure {

	private final String description;

	/**
	 * Create an exception without a stack trace, since no caller caused it.
	 * @param message says which attempt is forbidden and how to allow it; it is shown in
	 * logs, events and health, so it must hold no URL path, query or other secret
	 */
	public ConnectForbiddenException(String message) {
		super(message, null, false, false);
		this.description = message;
	}

	@Override
	public String getDescription() {
		return this.description;
	}

}
