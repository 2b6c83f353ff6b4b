import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;

import org.w3c.dom.Document;

/**
 * Checks what was deployed to a repository in a folder: which modules, that each has a POM
 * that stands alone, sources and Javadoc. Run by {@code run.sh}.
 */
public final class CheckRepository {

	private static final Set<String> PUBLISHED = Set.of("resilient-ws-bom", "resilient-ws-core",
			"resilient-ws-autoconfigure", "resilient-ws-spring-boot-starter", "resilient-ws-test");

	private static final List<String> REQUIRED = List.of("name", "description", "url", "inceptionYear",
			"organization/name", "licenses/license/url", "developers/developer/name", "scm/connection", "scm/url");

	private final List<String> problems = new ArrayList<>();

	private CheckRepository() {
	}

	public static void main(String[] args) throws Exception {
		CheckRepository check = new CheckRepository();
		check.checkGroup(Path.of(args[0], "io", "github", "resilientws"));
		check.problems.forEach(System.err::println);
		if (!check.problems.isEmpty()) {
			System.exit(1);
		}
		System.out.println("Published: " + new TreeSet<>(PUBLISHED));
	}

	private void checkGroup(Path group) throws Exception {
		Set<String> found = new TreeSet<>();
		try (Stream<Path> modules = Files.list(group)) {
			modules.filter(Files::isDirectory).map((module) -> module.getFileName().toString()).forEach(found::add);
		}
		if (!found.equals(PUBLISHED)) {
			this.problems.add("deployed " + found + " instead of " + PUBLISHED);
			return;
		}
		for (String module : found) {
			checkPom(module, only(group.resolve(module), ".pom"));
			if (!module.endsWith("-bom")) {
				checkJar(only(group.resolve(module), "-sources.jar"), "META-INF/LICENSE");
				checkJar(only(group.resolve(module), "-javadoc.jar"),
						module.endsWith("-starter") ? "META-INF/LICENSE" : "index.html");
			}
		}
	}

	private void checkPom(String module, Path file) throws Exception {
		Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
		for (String element : REQUIRED) {
			require(!text(pom, "string(/project/" + element + ")").isBlank(), module, "has no " + element);
		}
		require("0".equals(text(pom, "count(/project/parent)")), module, "needs a parent");
		require("0".equals(text(pom, "count(//dependency[not(version)])")), module, "has a dependency without version");
		require("0".equals(text(pom, "count(/project/dependencies/dependency[scope='test'])")), module,
				"brings a dependency of its tests");
		String managed = module.endsWith("-bom") ? String.valueOf(PUBLISHED.size() - 1) : "0";
		require(managed.equals(text(pom, "count(/project/dependencyManagement//dependency)")), module,
				"manages versions that are not its own");
	}

	private void checkJar(Path file, String entry) throws IOException {
		try (JarFile jar = new JarFile(file.toFile())) {
			require(jar.getEntry(entry) != null, file.getFileName().toString(), "has no " + entry);
		}
	}

	private void require(boolean condition, String subject, String problem) {
		if (!condition) {
			this.problems.add(subject + " " + problem);
		}
	}

	private static String text(Document pom, String expression) throws XPathExpressionException {
		return XPathFactory.newInstance().newXPath().evaluate(expression, pom);
	}

	private static Path only(Path module, String suffix) throws IOException {
		try (Stream<Path> files = Files.walk(module)) {
			List<Path> matching = files.filter((file) -> file.toString().endsWith(suffix)).toList();
			if (matching.size() != 1) {
				throw new IllegalStateException(module.getFileName() + " has " + matching.size() + " files *" + suffix);
			}
			return matching.get(0);
		}
	}

}
