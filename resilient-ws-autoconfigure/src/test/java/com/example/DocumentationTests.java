package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java code of pages is the code that is tested here.
 */
class DocumentationTests {

	@ParameterizedTest
	@ValueSource(strings = { "programmatic-clients.md", "oauth2.md", "framing.md", "several-instances.md",
			"transactions.md" })
	void codeIsWhatIsTested(String name) throws IOException {
		List<String> blocks = new Page(name).blocks("java");
		assertThat(blocks).isNotEmpty();
		for (String code : blocks) {
			Path source = Path.of("src", "test", "java", "com", "example", Page.nameOfType(code) + ".java");
			assertThat(code).as(source.toString()).isEqualTo(Files.readString(source));
		}
	}

}
