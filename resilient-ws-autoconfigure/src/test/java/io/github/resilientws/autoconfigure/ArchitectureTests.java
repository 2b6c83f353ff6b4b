package io.github.resilientws.autoconfigure;

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
import com.tngtech.archunit.core.domain.JavaConstructor;
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
 * Tests for the structure of the module: which package uses which.
 */
class ArchitectureTests {

	private static final String ROOT = "io.github.resilientws.autoconfigure";

	private static final Path SOURCES = Path.of("src/main/java");

	private static JavaClasses classes;

	@BeforeAll
	static void importClasses() {
		classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			.config      | -
			''           | .config
			.cluster     | . .config
			.endpoint    | ''
			.health      | ''
			.metrics     | ''
			.observation | ''
			""")
	void packageUsesOnlyTheOneBelow(String name, String below) {
		String[] allowed = Stream
			.concat(Stream.of(ROOT + name),
					Stream.of(((below != null) ? below : name).split(" "))
						.map((one) -> ROOT + (one.equals(".") ? "" : one)))
			.toArray(String[]::new);
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + name)
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + "..")
				.and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))))
			.check(classes);
	}

	@Test
	void everyPackageHasItsPlaceInTheRulesAbove() {
		assertThat(classes.stream().map((type) -> type.getPackageName().substring(ROOT.length()))).containsOnly("",
				".cluster", ".config", ".endpoint", ".health", ".metrics", ".observation");
	}

	@Test
	void packagesAreFreeOfCycles() {
		SlicesRuleDefinition.slices().matching("io.github.resilientws.(**)").should().beFreeOfCycles().check(classes);
	}

	@Test
	void onlyTheAssemblyUsesTheInternalsOfTheCore() {
		assertThat(topLevel((type) -> type.getDirectDependenciesFromSelf()
			.stream()
			.anyMatch((dependency) -> dependency.getTargetClass()
				.getPackageName()
				.startsWith("io.github.resilientws.internal"))))
			.containsExactlyInAnyOrder("ResilientWebSocketAutoConfiguration", "ClientConfigurations", "ClientShutdown",
					"ClientTransports");
	}

	@Test
	void typesOfOneProductHaveOnePrefix() {
		assertThat(topLevel((type) -> type.getSimpleName().startsWith("ResilientWs"))).isEmpty();
	}

	@Test
	void constructorsHaveAtMostSixParameters() {
		assertThat(classes.stream()
			.filter((type) -> !type.isRecord())
			.flatMap((type) -> type.getConstructors().stream())
			.filter((constructor) -> constructor.getRawParameterTypes().size() > 6)
			.map(JavaConstructor::getFullName)).isEmpty();
	}

	@Test
	void everyPackageIsNullMarked() throws IOException {
		assertThat(sources().stream().map(Path::getParent).distinct()).isNotEmpty()
			.allSatisfy((directory) -> assertThat(directory.resolve("package-info.java")).content()
				.contains("@NullMarked"));
	}

	@Test
	void filesAreShort() throws IOException {
		List<Path> types = sources().stream().filter((file) -> !file.endsWith("package-info.java")).toList();
		assertThat(types).allSatisfy((file) -> assertThat(lines(file)).isLessThanOrEqualTo(400));
		List<Integer> sizes = types.stream().map(ArchitectureTests::lines).sorted().toList();
		assertThat(sizes.get(sizes.size() / 2)).as("median").isLessThanOrEqualTo(90);
	}

	private static List<Path> sources() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
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
