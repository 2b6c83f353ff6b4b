package io.github.resilientws.autoconfigure.conversation;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All examples of the pages in {@code docs/protocols}: an application starts with the
 * YAML, and the Java compiles.
 */
class PagesTests extends Conversation {

	// what the examples take for granted
	private static final String SOURCE = """
			import java.util.List;
			import java.util.Map;
			import java.util.concurrent.CompletableFuture;
			import io.github.resilientws.*;
			abstract class Page {
				ResilientWebSocketClient client;
				Map<String, Integer> prices;
				Object order;
				abstract void show(Object value);
				%s
			}
			""";

	static Stream<String> pages() throws IOException {
		return Files.list(DIRECTORY)
			.map((file) -> file.getFileName().toString())
			.filter((name) -> name.endsWith(".md") && !name.equals("README.md"))
			.sorted();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void applicationStartsWithTheYaml(String page) {
		for (String yaml : blocks(page, "yaml")) {
			start(yaml.replaceAll("\\$\\{[A-Z_]+}", "value"));
			assertThat(this.client).isNotNull();
			closeContext();
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void javaCompiles(String page, @TempDir Path classes) {
		StringBuilder members = new StringBuilder();
		for (String block : blocks(page, "java")) {
			boolean declares = block.startsWith("@") || block.startsWith("record ");
			members.append(declares ? block : "void run" + members.length() + "() {\n" + block + "}\n");
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter errors = new StringWriter();
		// a class path in a manifest is unknown to the compiler
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		boolean compiled = compiler
			.getTask(errors, null, null, List.of("-proc:none", "-parameters", "-cp", path, "-d", classes.toString()),
					null, List.of(new Source(SOURCE.formatted(members))))
			.call();
		assertThat(compiled).as(errors::toString).isTrue();
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String text) {
			super(URI.create("string:///Page.java"), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
