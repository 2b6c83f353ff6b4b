package io.github.resilientws.sample;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests across all modules, which only the sample sees together.
 */
class PackageCycleTests {

	private static final String ROOT = "io.github.resilientws";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	@Test
	void packagesOfTheWholeRepositoryAreFreeOfCycles() {
		assertThat(CLASSES.stream().map((type) -> type.getPackageName())).contains(ROOT + ".sample.chat",
				ROOT + ".autoconfigure", ROOT + ".internal.outbox", ROOT + ".test");
		SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void onlyTheOwnModulesUseTheInternals() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(ROOT + ".sample..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(ROOT + ".internal..")
			.check(CLASSES);
	}

}
