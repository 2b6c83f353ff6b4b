package io.github.resilientws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the house stays as it was designed.
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.resilientws";

	private static final Path SOURCES = Path.of("src/main/java");

	private static JavaClasses classes;

	@BeforeAll
	static void importClasses() {
		classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			''               | .settings
			.event           | -
			.settings        | -
			.reconnect       | .settings
			.transport       | -
			.store           | -
			.protocol        | .settings
			.store.mvstore   | .store
			.transport.netty | .transport
			.transport.spring | .transport
			.listener        | .event .protocol
			.metrics         | .event
			.observation     | .metrics
			""")
	void packageUsesOnlyWhatIsBelow(String name, String below) {
		Stream<String> allowed = Stream.of((below != null) ? below.split(" ") : new String[0]);
		String[] packages = Stream.concat(Stream.of("", ".settings", name), allowed)
			.map(ROOT::concat)
			.toArray(String[]::new);
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + name)
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + "..")
				.and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages))))
			.allowEmptyShould(true)
			.check(classes);
	}

	@Test
	void everyPackageHasItsPlaceInTheRulesAbove() {
		Set<String> known = Set.of("", ".event", ".settings", ".reconnect", ".transport", ".store", ".protocol",
				".transport.netty", ".transport.spring", ".store.mvstore", ".listener", ".metrics", ".observation");
		assertThat(classes.stream()
			.map((type) -> type.getPackageName().substring(ROOT.length()))
			.filter((name) -> !name.startsWith(".internal"))).isSubsetOf(known);
	}

	@Test
	void packagesAreFreeOfCycles() {
		SlicesRuleDefinition.slices()
			.matching(ROOT + ".(**)")
			.should()
			.beFreeOfCycles()
			.check(classes.that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(ROOT + ".internal.."))));
	}

	@Test
	void nothingDependsOnSpringBoot() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.check(classes);
	}

	@Test
	void onlyTheNettyTransportKnowsNetty() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(ROOT + ".transport.netty")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.netty..")
			.check(classes);
	}

	@Test
	void onlyTheFileStoreKnowsItsLibrary() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(ROOT + ".store.mvstore")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.h2..")
			.check(classes);
	}

	@Test
	void onlyTheSpringTransportKnowsSpringWebSocket() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(ROOT + ".transport.spring")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "jakarta.websocket..")
			.check(classes);
	}

	@Test
	void nothingDependsOnTomcat() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.apache.tomcat..")
			.check(classes);
	}

	@Test
	void onlyOneClassCallsSpringRetry() {
		assertThat(topLevel((type) -> type.getAccessesFromSelf()
			.stream()
			.anyMatch((access) -> isSpringRetry(access.getTargetOwner())))).containsExactly("SpringRetrySeries");
	}

	@Test
	void springRetryIsElsewhereOnlyPassedThrough() {
		assertThat(topLevel((type) -> type.getDirectDependenciesFromSelf()
			.stream()
			.anyMatch((dependency) -> isSpringRetry(dependency.getTargetClass()))))
			.isSubsetOf("SpringRetrySeries", "DefaultReconnectPolicy", "ClientBuilder", "ClientAssembly");
	}

	@Test
	void everyPackageIsNullMarked() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			Set<Path> packages = files.filter((file) -> file.toString().endsWith(".java"))
				.map(Path::getParent)
				.collect(Collectors.toSet());
			assertThat(packages).isNotEmpty()
				.allSatisfy((directory) -> assertThat(directory.resolve("package-info.java")).content()
					.contains("@NullMarked"));
		}
	}

	@Test
	void filesAreShort() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			List<Path> types = files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> !file.endsWith("package-info.java"))
				.toList();
			assertThat(types).allSatisfy((file) -> assertThat(lines(file)).isLessThanOrEqualTo(400));
			List<Integer> sizes = types.stream().map(ArchitectureTests::lines).sorted().toList();
			assertThat(sizes.get(sizes.size() / 2)).as("median").isLessThanOrEqualTo(90);
		}
	}

	private static boolean isSpringRetry(JavaClass type) {
		return type.getPackageName().startsWith("org.springframework.retry");
	}

	private static Set<String> topLevel(Predicate<JavaClass> predicate) {
		return classes.stream()
			.filter(predicate)
			.map((type) -> type.getName().replaceAll("\\$.*", ""))
			.map((name) -> name.substring(name.lastIndexOf('.') + 1))
			.collect(Collectors.toSet());
	}

	private static int lines(Path file) {
		try {
			return Files.readAllLines(file).size();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
