package io.github.resilientws.settings;

/**
 * A setting has a value that is not allowed.
 *
 * @since 0.1
 */
public class InvalidSettingException extends IllegalArgumentException {

	private final String key;

	private final String value;

	private final String reason;

	/**
	 * Create an exception.
	 * @param key key of the setting relative to its client, such as
	 * {@code reconnect.initial-delay}
	 * @param value the refused value; empty for a secret one
	 * @param reason the fault and the allowed values
	 */
	public InvalidSettingException(String key, String value, String reason) {
		super(key + " = '" + value + "': " + reason);
		this.key = key;
		this.value = value;
		this.reason = reason;
	}

	/**
	 * Return the key of the setting, relative to its client.
	 * @return the key
	 */
	public String getKey() {
		return this.key;
	}

	/**
	 * Return the refused value.
	 * @return the value
	 */
	public String getValue() {
		return this.value;
	}

	/**
	 * Return the fault and the allowed values.
	 * @return the reason
	 */
	public String getReason() {
		return this.reason;
	}

}
