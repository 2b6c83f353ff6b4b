package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A page of the documentation.
 */
final class Page {

	private final String text;

	Page(String name) throws IOException {
		this.text = Files.readString(Path.of("..", "docs", name));
	}

	// return its code in a language
	List<String> blocks(String language) {
		return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
			.matcher(this.text)
			.results()
			.map((block) -> block.group(1))
			.toList();
	}

	static String nameOfType(String code) {
		return Pattern.compile("^(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE)
			.matcher(code)
			.results()
			.map((MatchResult type) -> type.group(1))
			.findFirst()
			.orElseThrow();
	}

}
