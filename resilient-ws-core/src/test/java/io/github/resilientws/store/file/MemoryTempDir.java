package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Directories in memory, where there is such a file system: for tests that force often.
 */
final class MemoryTempDir implements TempDirFactory {

	@Override
	public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
		Path memory = Path.of("/dev/shm");
		return (Files.isWritable(memory)) ? Files.createTempDirectory(memory, "store")
				: Files.createTempDirectory("store");
	}

}
