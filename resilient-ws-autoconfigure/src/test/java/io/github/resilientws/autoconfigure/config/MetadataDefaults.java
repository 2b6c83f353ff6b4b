package io.github.resilientws.autoconfigure.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;

/**
 * The part of the additional metadata that holds the defaults of all keys of a client;
 * the rest of the file is written by hand.
 */
final class MetadataDefaults {

	static final Path FILE = Path.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json");

	private static final String BEGIN = "\t\t{\n\t\t\t\"name\": \"resilient-ws.defaults.";

	private static final String END = "\n\t],\n";

	private final BuiltInDefaults builtIn = new BuiltInDefaults();

	// return the file with the defaults in force
	String render() throws IOException {
		String file = Files.readString(FILE);
		int begin = file.indexOf(BEGIN);
		int end = file.indexOf(END, begin);
		return file.substring(0, begin) + this.builtIn.keys()
			.stream()
			.filter((key) -> this.builtIn.value(key) != null)
			.map(this::entry)
			.collect(Collectors.joining(",\n")) + file.substring(end);
	}

	private String entry(String key) {
		return BEGIN + key + "\",\n\t\t\t\"defaultValue\": "
				+ JsonMapper.shared().writeValueAsString(this.builtIn.value(key)) + "\n\t\t}";
	}

}
