package io.github.resilientws.protocol;

import java.util.Set;
import java.util.TreeSet;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * A template needs a name that has no value.
 *
 * @since 0.1
 */
public class UnknownNameException extends InvalidSettingException {

	private final String name;

	/**
	 * Create an exception.
	 * @param key key of the setting that holds the template
	 * @param name name between the braces
	 * @param known the names that can be supplied
	 */
	public UnknownNameException(String key, String name, Set<String> known) {
		super(key, "{{" + name + "}}", "unknown name, allowed are " + String.join(", ", new TreeSet<>(known)));
		this.name = name;
	}

	/**
	 * Return the name between the braces.
	 * @return the name
	 */
	public String getName() {
		return this.name;
	}

}
