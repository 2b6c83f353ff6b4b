package io.github.resilientws.settings;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Rules for the names of values in templates. The values themselves have no rules and are
 * never shown.
 *
 * @since 0.1
 */
public final class ValueRules {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

	private static final Set<String> RESERVED = Set.of("id", "payload", "uuid", "now");

	private ValueRules() {
	}

	static void checkAll(Set<String> names) {
		new TreeSet<>(names).forEach(ValueRules::check);
	}

	/**
	 * Check the name of a value.
	 * @param name the name
	 * @throws InvalidSettingException if templates cannot use it
	 */
	public static void check(String name) {
		check("values.", name);
	}

	static void check(String prefix, String name) {
		if (!NAME.matcher(name).matches()) {
			throw refused(prefix, name,
					"is not a name of a value; allowed are letters, digits, '_', and not at the start, "
							+ "'.' and '-'");
		}
		if (RESERVED.contains(name)) {
			throw refused(prefix, name, "templates fill in {{" + name + "}} themselves; choose another name");
		}
	}

	private static InvalidSettingException refused(String prefix, String name, String reason) {
		return new InvalidSettingException(prefix + Text.printable(name), "", reason);
	}

}
