package io.github.resilientws.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.util.FileSystemUtils;

import io.github.resilientws.benchmarks.store.FileStore;
import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * Appends a record of 128 bytes to the file store and removes it, without forces.
 */
@State(Scope.Benchmark)
public class StoreMicroBenchmark {

	private final byte[] content = new byte[128];

	private Path directory;

	private FileStore store;

	@Setup
	public void open() throws IOException {
		this.directory = Files.createTempDirectory("store");
		this.store = FileStore.open(this.directory, Sync.NEVER);
	}

	@Benchmark
	public void storeAppend() {
		this.store.remove(new long[] { this.store.append(this.content) });
	}

	@TearDown
	public void close() throws IOException {
		this.store.close();
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
