package io.github.resilientws.autoconfigure.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of list elements, which the metadata leaves out, described as the metadata
 * describes the others: by the Javadoc of their record.
 */
final class ElementDescriptions {

	private static final Path SOURCES = Path.of("src/main/java/io/github/resilientws/autoconfigure/config");

	private final Class<? extends Record> type;

	private final String javadoc;

	ElementDescriptions(Class<? extends Record> type) {
		this.type = type;
		try {
			String source = Files.readString(SOURCES.resolve(type.getEnclosingClass().getSimpleName() + ".java"));
			int end = source.indexOf("public record " + type.getSimpleName() + "(");
			this.javadoc = source.substring(source.lastIndexOf("/**", end), end);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void forEach(BiConsumer<String, Component> action) {
		for (RecordComponent component : this.type.getRecordComponents()) {
			action.accept(BuiltInDefaults.dashed(component.getName()),
					new Component(component.getGenericType(), description(component.getName())));
		}
	}

	private String description(String component) {
		Matcher param = Pattern.compile("@param " + component + " ([^@]*?)\\s*\\*(?=\\s*@|/)").matcher(this.javadoc);
		if (!param.find()) {
			throw new IllegalStateException(this.type.getSimpleName() + "." + component + " has no description");
		}
		return param.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ").strip();
	}

	/**
	 * One key.
	 *
	 * @param type its type
	 * @param description what it means
	 */
	record Component(Type type, String description) {

	}

}
