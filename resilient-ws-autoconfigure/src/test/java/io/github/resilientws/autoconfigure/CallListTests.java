package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the lists of calls in the architecture page are those of the code: each step
 * calls the next, and no package is entered twice.
 */
class CallListTests {

	private static final String ROOT = "io.github.resilientws";

	private static final Path PAGE = Path.of("../docs/architecture.md");

	private static final Pattern STEP = Pattern.compile("\\d+\\. `(\\w+)\\.(\\w+)`(?: \\(by `(\\w+)`\\))?.*");

	private static JavaClasses classes;

	@BeforeAll
	static void importClasses() {
		classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "A message out", "A message in", "A loss, and the next dial", "A restart",
			"A property, and its reader" })
	void eachStepCallsTheNext(String title) throws IOException {
		List<Step> steps = steps(title);
		for (int i = 1; i < steps.size(); i++) {
			Step caller = steps.get(i - 1);
			Step called = steps.get(i);
			assertThat((called.by() != null) ? accesses(type(called.by()), null)
					: accesses(type(caller.type()), caller.method()))
				.as("%s calls %s", (called.by() != null) ? called.by() : caller, called)
				.anyMatch((access) -> isCallOf(access, called));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "A message out", "A message in", "A loss, and the next dial", "A restart",
			"A property, and its reader" })
	void noPackageIsEnteredTwice(String title) throws IOException {
		List<String> entered = new ArrayList<>();
		for (Step step : steps(title)) {
			String name = type(step.type()).getPackageName();
			if (entered.isEmpty() || !entered.get(entered.size() - 1).equals(name)) {
				entered.add(name);
			}
		}
		assertThat(entered).doesNotHaveDuplicates();
	}

	private static List<Step> steps(String title) throws IOException {
		String page = Files.readString(PAGE);
		int start = page.indexOf("## " + title + "\n");
		assertThat(start).as(title).isNotNegative();
		int end = page.indexOf("\n## ", start + 1);
		List<Step> steps = page.substring(start, (end != -1) ? end : page.length())
			.lines()
			.map(STEP::matcher)
			.filter(Matcher::matches)
			.map((match) -> new Step(match.group(1), match.group(2), match.group(3)))
			.toList();
		assertThat(steps).as(title).hasSizeGreaterThan(3);
		return steps;
	}

	private static JavaClass type(String name) {
		List<JavaClass> found = classes.stream().filter((type) -> type.getSimpleName().equals(name)).toList();
		assertThat(found).as(name).hasSize(1);
		return found.get(0);
	}

	// of the method, and of methods of the same file that it calls; of all for null
	private static List<JavaAccess<?>> accesses(JavaClass type, @Nullable String method) {
		List<JavaAccess<?>> result = new ArrayList<>();
		Deque<JavaCodeUnit> open = new ArrayDeque<>();
		Set<JavaCodeUnit> seen = new HashSet<>();
		family(type).flatMap((one) -> one.getCodeUnits().stream())
			.filter((unit) -> method == null || (unit.getName().equals(method) && unit.getOwner().equals(type)))
			.forEach(open::add);
		assertThat(open).as("%s.%s", type.getSimpleName(), method).isNotEmpty();
		while (!open.isEmpty()) {
			JavaCodeUnit unit = open.poll();
			if (seen.add(unit)) {
				unit.getAccessesFromSelf().forEach((access) -> {
					result.add(access);
					family(type).flatMap((one) -> one.getCodeUnits().stream())
						.filter((own) -> own.getOwner().equals(access.getTargetOwner())
								&& own.getName().equals(access.getName()))
						.forEach(open::add);
				});
			}
		}
		return result;
	}

	private static Stream<JavaClass> family(JavaClass type) {
		String name = type.getName();
		return classes.stream().filter((one) -> one.getName().equals(name) || one.getName().startsWith(name + "$"));
	}

	private static boolean isCallOf(JavaAccess<?> access, Step called) {
		JavaClass target = type(called.type());
		return access.getName().equals(called.method()) && (target.isAssignableTo(access.getTargetOwner().getName())
				|| access.getTargetOwner().isAssignableTo(target.getName()));
	}

	private record Step(String type, String method, @Nullable String by) {

		@Override
		public String toString() {
			return this.type + "." + this.method;
		}

	}

}
