package io.github.resilientws.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples in the documentation are tests that run.
 */
class DocumentedExamplesTests {

	@ParameterizedTest
	@ValueSource(strings = { "resilient-ws-test/src/test/java/com/example/PriceFeedTests.java",
			"resilient-ws-test/src/test/java/com/example/GreeterTests.java",
			"resilient-ws-test/src/test/java/com/example/ReconnectTests.java",
			"resilient-ws-autoconfigure/src/test/java/com/example/TakeOverTests.java",
			"sample-app/src/test/java/io/github/resilientws/sample/chat/ChatWithEmbeddedServerTests.java" })
	void documentationShowsTheTestAsItIs(String source) throws IOException {
		Path root = Path.of("").toAbsolutePath().getParent();
		assertThat(Files.readString(root.resolve("docs/testing.md")))
			.contains("```java\n" + Files.readString(root.resolve(source)) + "```\n");
	}

}
