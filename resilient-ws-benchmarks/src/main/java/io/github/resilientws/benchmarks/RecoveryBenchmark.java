package io.github.resilientws.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.springframework.util.FileSystemUtils;

import io.github.resilientws.benchmarks.process.JvmProcess;
import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Samples;
import io.github.resilientws.benchmarks.report.Table;
import io.github.resilientws.benchmarks.store.FileStore;
import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * Recovers 100,000 messages from a file: the first time in a new JVM, as an application
 * does, and again in the same JVM.
 */
final class RecoveryBenchmark implements Section {

	private static final int RECORDS = 100_000;

	private static final int RECORD_SIZE = 128;

	@Override
	public void run(Environment environment, Report report) throws Exception {
		Path place = Files.createTempDirectory(environment.directory(), "recovery");
		FileStore store = FileStore.open(place, Sync.NEVER);
		store.fill(RECORDS, RECORD_SIZE);
		store.close();
		Samples first = new Samples();
		Samples again = new Samples();
		for (int round = 0; round < environment.rounds(); round++) {
			try (JvmProcess process = JvmProcess.start(environment.classPath(false), List.of("-Xmx512m"),
					RecoveryMain.class, place.toString())) {
				String[] millis = process.readAnswer();
				first.add(Double.parseDouble(millis[0]));
				again.add(Double.parseDouble(millis[millis.length - 1]));
			}
		}
		FileSystemUtils.deleteRecursively(place);
		report.table(new Table("Recovery of 100,000 messages", "ms").row("in a new JVM", first.format())
			.row("in a warm JVM", again.format()));
	}

}
