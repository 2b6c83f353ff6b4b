package io.github.resilientws.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.benchmarks.process.JvmProcess;
import io.github.resilientws.benchmarks.store.FileStore;
import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * Recovers a file store several times, in a JVM of its own.
 */
public final class RecoveryMain {

	private static final int TIMES = 6;

	private RecoveryMain() {
	}

	public static void main(String[] args) throws Exception {
		List<String> millis = new ArrayList<>();
		for (int i = 0; i < TIMES; i++) {
			long start = System.nanoTime();
			FileStore store = FileStore.open(Path.of(args[0]), Sync.NEVER);
			millis.add(Double.toString((System.nanoTime() - start) / 1e6));
			store.close();
		}
		JvmProcess.answer(String.join(" ", millis));
	}

}
