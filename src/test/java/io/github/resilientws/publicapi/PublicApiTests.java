package io.github.resilientws.publicapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the public API of a module is the one that its text file lists. Each module
 * with a public API compiles and runs this class.
 */
class PublicApiTests {

	private static final String MODULE = Path.of("").toAbsolutePath().getFileName().toString();

	private static final Path FILE = Path.of("src", "test", "api", MODULE + ".txt");

	private static final String COMMAND = "mvn -pl " + MODULE
			+ " -am test -Dtest=PublicApiTests -Dapi.update=true -Dsurefire.failIfNoSpecifiedTests=false";

	private static final Pattern NAME_OF_TYPE = Pattern.compile("(?:class|interface|enum|record) ([\\w.]+)");

	private static final Pattern INTERNAL = Pattern.compile("\\b(?:internal|autoconfigure\\.config)\\.");

	private final PublicApi api = new PublicApi(Path.of("target", "classes"));

	@Test
	void fileListsTheApi() throws IOException {
		String actual = this.api.render();
		if (Boolean.getBoolean("api.update")) {
			Files.createDirectories(FILE.getParent());
			Files.writeString(FILE, actual);
		}
		String listed = Files.exists(FILE) ? Files.readString(FILE) : "";
		assertThat(changes(listed, actual))
			.as("The public API has changed. If this is intended, write %s with: %s", FILE, COMMAND)
			.isEmpty();
	}

	@Test
	void noSignatureNamesAnInternalType() throws IOException {
		assertThat(withTypes(this.api.render())).noneMatch((line) -> INTERNAL.matcher(line).find());
	}

	@Test
	void changeIsShownWithItsType() {
		String before = "public class a.B\n\tpublic int gone()\n\tpublic int kept()\n";
		String after = "public final class a.B\n\tpublic int kept()\n\tpublic long come()\n";
		assertThat(changes(before, after)).containsExactly("- public class a.B", "- a.B: public int gone()",
				"+ public final class a.B", "+ a.B: public long come()");
	}

	private static Collection<String> changes(String before, String after) {
		Set<String> gone = withTypes(before);
		Set<String> come = withTypes(after);
		Set<String> kept = new LinkedHashSet<>(gone);
		kept.retainAll(come);
		gone.removeAll(kept);
		come.removeAll(kept);
		return Stream.concat(gone.stream().map("- "::concat), come.stream().map("+ "::concat))
			.collect(Collectors.toList());
	}

	private static Set<String> withTypes(String text) {
		Set<String> lines = new LinkedHashSet<>();
		String type = "";
		for (String line : text.lines().filter((candidate) -> !candidate.isBlank()).toList()) {
			if (line.startsWith("\t")) {
				lines.add(type + ": " + line.strip());
			}
			else {
				Matcher matcher = NAME_OF_TYPE.matcher(line);
				type = matcher.find() ? matcher.group(1) : line;
				lines.add(line);
			}
		}
		return lines;
	}

}
