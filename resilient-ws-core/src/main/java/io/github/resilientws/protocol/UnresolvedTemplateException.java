package io.github.resilientws.protocol;

import io.github.resilientws.DescribedFailure;

/**
 * A template names a value that is not supplied, or that it cannot write. The message
 * never holds a value.
 *
 * @since 0.1
 */
public class UnresolvedTemplateException extends IllegalStateException implements DescribedFailure {

	/** Names the value and the setting. */
	private final String description;

	/**
	 * Create an exception.
	 * @param key key of the setting that holds the template
	 * @param name name between the braces
	 */
	public UnresolvedTemplateException(String key, String name) {
		super(key + ": there is no value for {{" + name + "}}");
		this.description = "no value for {{" + name + "}} of " + key;
	}

	private UnresolvedTemplateException(String description) {
		super(description);
		this.description = description;
	}

	static UnresolvedTemplateException unsuitable(String key, String name) {
		return new UnresolvedTemplateException("the value for {{" + name + "}} of " + key
				+ " cannot be written there: {{name:members}} needs a JSON object, bytes need {{name:base64}}");
	}

	@Override
	public String getDescription() {
		return this.description;
	}

}
