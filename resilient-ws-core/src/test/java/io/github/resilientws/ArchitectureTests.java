package io.github.resilientws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

	// ground floor first; every package but .settings may use .settings and the root
	@ParameterizedTest
	@MethodSource("floors")
	void packageUsesOnlyThePackagesOfItsRow(String name, Set<String> allowed) {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + name)
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + "..")
				.and(DescribedPredicate.not(JavaClass.Predicates
					.resideInAnyPackage(allowed.stream().map(ROOT::concat).toArray(String[]::new)))))
			.allowEmptyShould(true)
			.check(classes);
	}

	static Stream<Arguments> floors() {
		return PackageTable.ROWS.entrySet().stream().map((row) -> Arguments.of(row.getKey(), row.getValue()));
	}

	@Test
	void everyPackageHasItsRow() {
		assertThat(classes.stream().map((type) -> type.getPackageName().substring(ROOT.length())).distinct())
			.containsExactlyInAnyOrderElementsOf(PackageTable.ROWS.keySet());
	}

	@Test
	void packagesAreFreeOfCycles() {
		SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(classes);
	}

	@Test
	void everyRoomHasAtMostTwelveTypes() {
		Map<String, Long> rooms = classes.stream()
			.filter((type) -> type.getPackageName().startsWith(ROOT + ".internal") && type.isTopLevelClass()
					&& !type.getSimpleName().equals("package-info"))
			.collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
		assertThat(rooms).hasSizeGreaterThan(9).allSatisfy((room, types) -> assertThat(types).isLessThanOrEqualTo(12));
	}

	@Test
	void constructorsHaveAtMostSixParameters() {
		ArchRuleDefinition.constructors()
			.that()
			.areDeclaredInClassesThat(DescribedPredicate.describe("are no values", (type) -> !isValue(type)))
			.should(new ArchCondition<>("have at most six parameters") {
				@Override
				public void check(JavaConstructor constructor, ConditionEvents events) {
					if (constructor.getRawParameterTypes().size() > 6) {
						events.add(SimpleConditionEvent.violated(constructor, constructor.getFullName()));
					}
				}
			})
			.check(classes);
	}

	// a row has the columns of its table
	private static boolean isValue(JavaClass type) {
		return type.isRecord() && (!type.getPackageName().startsWith(ROOT + ".internal")
				|| type.getPackageName().equals(ROOT + ".internal.jdbc"));
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
	void onlyTheJdbcStoreAndElectionKnowJdbc() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackages(ROOT + ".store.jdbc", ROOT + ".cluster.jdbc", ROOT + ".internal.jdbc",
					ROOT + ".internal.transaction")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.springframework.dao..")
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
