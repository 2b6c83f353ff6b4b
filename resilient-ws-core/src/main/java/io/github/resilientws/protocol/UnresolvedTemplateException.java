package io.github.resilientws.protocol;

/**
 * A template names a value that nobody supplies. The message never holds a value.
 *
 * @since 0.1
 */
public class UnresolvedTemplateException extends IllegalStateException {

	/**
	 * Create an exception.
	 * @param key key of the setting that holds the template
	 * @param name name between the braces
	 */
	public UnresolvedTemplateException(String key, String name) {
		super(key + ": there is no value for {{" + name + "}}");
	}

}
