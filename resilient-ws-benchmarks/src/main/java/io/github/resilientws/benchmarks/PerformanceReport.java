package io.github.resilientws.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.util.FileSystemUtils;

import io.github.resilientws.benchmarks.report.Report;

/**
 * Measures everything that the page about performance shows, and writes its tables and
 * charts.
 */
public final class PerformanceReport {

	private static final Map<String, Section> SECTIONS = new LinkedHashMap<>();

	static {
		SECTIONS.put("throughput", new ThroughputBenchmark());
		SECTIONS.put("variants", new VariantBenchmark());
		SECTIONS.put("delivery", new DeliveryBenchmark());
		SECTIONS.put("clients", new ManyClientsBenchmark());
		SECTIONS.put("store", new StoreBenchmark());
		SECTIONS.put("recovery", new RecoveryBenchmark());
		SECTIONS.put("jdbc", JdbcStoreBenchmark::run);
		SECTIONS.put("rules", RulesBenchmark::run);
		SECTIONS.put("startup", new StartupBenchmark());
		SECTIONS.put("micro", new MicroBenchmarks());
	}

	private PerformanceReport() {
	}

	public static void main(String[] args) throws Exception {
		Path output = Path.of(System.getProperty("output", "target/performance"));
		Report report = new Report(output, images(output));
		int rounds = Integer.getInteger("rounds", 5);
		report.text(String.format("JDK %s, %d processors, medians (and ranges) of %d rounds.", Runtime.version(),
				Runtime.getRuntime().availableProcessors(), rounds));
		Path files = Files.createTempDirectory(output, "files");
		try (Environment environment = new Environment(files, rounds, System.getProperty("before", ""))) {
			for (String section : sections()) {
				long start = System.nanoTime();
				SECTIONS.get(section).run(environment, report);
				System.err.printf("%s: %d s%n", section, (System.nanoTime() - start) / 1_000_000_000);
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(files);
		}
		System.exit(0);
	}

	private static Path images(Path output) {
		String images = System.getProperty("images", "");
		return (images.isEmpty()) ? output : Path.of(images);
	}

	private static List<String> sections() {
		String chosen = System.getProperty("sections", "");
		List<String> sections = (chosen.isEmpty()) ? List.copyOf(SECTIONS.keySet()) : List.of(chosen.split(","));
		if (!SECTIONS.keySet().containsAll(sections)) {
			throw new IllegalArgumentException("sections: " + SECTIONS.keySet());
		}
		return sections;
	}

}
