package io.github.resilientws;

/**
 * An attempt was forbidden before anything was dialled or resolved. Trying again would
 * not help, so the client gives up.
 */
public class ConnectForbiddenException extends RuntimeException implements DescribedFailure {

	private final String description;

	/**
	 * Create an exception without a stack trace: no caller is to blame.
	 * @param message what is forbidden and how to allow it; shown in logs, events and
	 * health, so without URL path, query and other secrets
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
