package io.github.resilientws.autoconfigure.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.util.ClassUtils;

/**
 * Types of properties in the words of those who write a configuration.
 */
final class PropertyTypes {

	private PropertyTypes() {
	}

	static String describe(String type) {
		if (type.startsWith("java.util.Map<")) {
			return "map of " + describe(type.substring(type.indexOf(',') + 1, type.length() - 1).strip());
		}
		if (type.startsWith("java.util.List<")) {
			return "list of " + describe(type.substring(type.indexOf('<') + 1, type.length() - 1));
		}
		return switch (type) {
			case "java.lang.String" -> "text";
			case "java.lang.Boolean", "boolean" -> "`true`, `false`";
			case "java.lang.Integer", "int" -> "whole number";
			case "java.lang.Double" -> "number";
			case "java.time.Duration" -> "duration";
			case "org.springframework.util.unit.DataSize" -> "size";
			default -> constants(ClassUtils.resolveClassName(type, PropertyTypes.class.getClassLoader()));
		};
	}

	private static String constants(Class<?> type) {
		if (!type.isEnum()) {
			return "group (see below)";
		}
		return Arrays.stream(type.getEnumConstants())
			.map((constant) -> "`" + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(", "));
	}

}
