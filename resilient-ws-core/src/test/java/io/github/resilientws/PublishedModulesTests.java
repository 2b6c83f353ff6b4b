package io.github.resilientws;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the POMs say what repositories ask of a published module. What consumers
 * receive is checked by {@code src/test/publish/run.sh}.
 */
class PublishedModulesTests {

	private static final Path ROOT = Path.of("..");

	@ParameterizedTest
	@ValueSource(
			strings = { "url", "inceptionYear", "organization/name", "licenses/license/name", "licenses/license/url",
					"developers/developer/name", "scm/connection", "scm/developerConnection", "scm/url" })
	void rootHasTheElementsThatModulesInherit(String element) throws Exception {
		assertThat(values(ROOT, "/project/" + element)).hasSize(1).noneMatch(String::isBlank);
	}

	@ParameterizedTest
	@MethodSource("modules")
	void moduleHasItsOwnNameAndDescription(String module) throws Exception {
		assertThat(values(ROOT.resolve(module), "/project/name | /project/description")).hasSize(2)
			.noneMatch(String::isBlank);
	}

	@ParameterizedTest
	@MethodSource("modules")
	void moduleLeavesVersionsOfPluginsToTheRoot(String module) throws Exception {
		assertThat(values(ROOT.resolve(module), "//plugin/version")).isEmpty();
	}

	@Test
	void bomListsThePublishedModules() throws Exception {
		List<String> published = modules().filter(PublishedModulesTests::isPublished)
			.filter((module) -> !"resilient-ws-bom".equals(module))
			.toList();
		assertThat(values(ROOT.resolve("resilient-ws-bom"), "//dependencyManagement//artifactId"))
			.containsExactlyInAnyOrderElementsOf(published)
			.hasSize(4);
	}

	private static Stream<String> modules() throws Exception {
		return values(ROOT, "/project/modules/module").stream();
	}

	private static boolean isPublished(String module) {
		try {
			return values(ROOT.resolve(module), "/project/properties/maven.deploy.skip").contains("false");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> values(Path module, String expression) throws Exception {
		Document pom = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(module.resolve("pom.xml").toFile());
		NodeList nodes = (NodeList) XPathFactory.newInstance()
			.newXPath()
			.evaluate(expression, pom, XPathConstants.NODESET);
		return IntStream.range(0, nodes.getLength()).mapToObj((index) -> nodes.item(index).getTextContent()).toList();
	}

}
