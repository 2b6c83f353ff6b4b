package io.github.resilientws.settings;

import java.util.regex.Pattern;

/**
 * Finds placeholders in the text of a template before it is compiled.
 */
final class PlaceholderRules {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)(:\\w+)?(\\|[^{}]*)?}}");

	private PlaceholderRules() {
	}

	/**
	 * Return whether a template has a placeholder for a name.
	 * @param template text of the template
	 * @param name the name
	 * @return whether it has one, in any form
	 */
	static boolean contains(String template, String name) {
		return PLACEHOLDER.matcher(template).results().anyMatch((placeholder) -> placeholder.group(1).equals(name));
	}

}
