package io.github.resilientws.transport.spring;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.resilientws.transport.WebSocketTransportContractTests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation lists the differences that the tests know, and no other.
 */
class DifferencesDocumentTests {

	private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\|");

	@Test
	void documentAndTestsListTheSame() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("../docs/transports.md"))) {
			Map<String, String> documented = lines.map(ROW::matcher)
				.filter(Matcher::matches)
				.collect(Collectors.toMap((row) -> row.group(1), (row) -> row.group(2)));
			Map<String, String> known = new HashMap<>(SpringWebSocketTransportTests.DIFFERENCES);
			known.putAll(GivenClientTransportTests.MORE_DIFFERENCES);
			assertThat(documented).isEqualTo(known);
		}
	}

	@Test
	void documentAndWireCasesListTheSame() throws IOException {
		String document = Files.readString(Path.of("../docs/transports.md"));
		String section = document.substring(document.indexOf("| a peer that |"));
		List<String> rows = section.lines().takeWhile((line) -> line.startsWith("|")).skip(2).toList();
		assertThat(rows).containsExactlyElementsOf(SpringWireFuzzTests.DIFFERENCES.stream()
			.map((difference) -> "| %s | %s |".formatted(difference.peer(), difference.happens()))
			.toList());
	}

	@Test
	void everyDifferenceNamesATestOfTheContract() {
		Stream<String> tests = Stream
			.<Class<?>>iterate(WebSocketTransportContractTests.class, (type) -> type != Object.class,
					Class::getSuperclass)
			.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
			.map(Method::getName);
		assertThat(tests).containsAll(SpringWebSocketTransportTests.DIFFERENCES.keySet())
			.containsAll(GivenClientTransportTests.MORE_DIFFERENCES.keySet());
	}

}
