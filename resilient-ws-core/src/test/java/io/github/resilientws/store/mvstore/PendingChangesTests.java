package io.github.resilientws.store.mvstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.resilientws.settings.StoreSettings.Sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link PendingChanges} whose commit or force fails after the bytes were
 * written.
 */
class PendingChangesTests {

	@TempDir(factory = MemoryTempDir.class)
	Path directory;

	private FailingFile file;

	@BeforeEach
	void open() throws IOException {
		Path path = this.directory.resolve("chat.mv");
		InstantSource clock = InstantSource.system();
		StoreLock lock = StoreLock.acquire(path, this.directory.resolve("chat.lock"), clock.instant());
		this.file = new FailingFile(path, lock, clock);
		this.file.open();
	}

	@AfterEach
	void close() {
		this.file.release();
	}

	@Test
	void appendThatWasReportedAsFailedDoesNotComeBack() throws IOException {
		PendingChanges changes = new PendingChanges(this.file, Sync.ALWAYS);
		changes.commit(List.of(append(1, 10), append(3, 30)));
		this.file.failing = true;
		assertThatIOException()
			.isThrownBy(() -> changes.commit(List.of(append(1, 11), append(2, 20), remove(3), append(4, 40))))
			.withMessage("cannot be forced");
		this.file.failing = false;
		changes.rememberRemoval(remove(4));
		changes.reopen();
		assertThat(contents()).containsExactly("1=10");
	}

	@Test
	void acceptedOnesThatTheDiskDidNotTakeAreWrittenAgain() throws IOException {
		PendingChanges changes = new PendingChanges(this.file, Sync.INTERVAL);
		changes.commit(List.of(append(1, 10), append(2, 20)));
		changes.force();
		Path before = this.directory.resolve("before");
		Files.copy(this.file.path(), before);
		changes.commit(List.of(append(3, 30), remove(2)));
		changes.commit(List.of(append(1, 11)));
		this.file.failing = true;
		assertThatIOException().isThrownBy(changes::force);
		assertThat(changes.isUnforced()).isFalse();
		this.file.failing = false;
		Files.move(before, this.file.path(), StandardCopyOption.REPLACE_EXISTING);
		changes.reopen();
		assertThat(contents()).containsExactly("1=11", "3=30");
	}

	private List<String> contents() throws IOException {
		return this.file.read().stream().map((one) -> one.position() + "=" + one.content()[0]).toList();
	}

	private static StoreRequest append(long position, int content) {
		return new StoreRequest.Append(List.of(new OpaqueRecord(position, new byte[] { (byte) content })), 1,
				new CompletableFuture<>());
	}

	private static StoreRequest remove(long position) {
		return new StoreRequest.Remove(new long[] { position });
	}

	private static final class FailingFile extends OutboxFile {

		private boolean failing;

		private FailingFile(Path path, StoreLock lock, InstantSource clock) {
			super("chat", path, lock, clock);
		}

		@Override
		boolean commit(boolean force) throws IOException {
			boolean failing = this.failing;
			this.failing = false;
			boolean changed = super.commit(force);
			this.failing = failing;
			if (failing) {
				throw new IOException("cannot be forced");
			}
			return changed;
		}

		@Override
		RecordFile records() throws IOException {
			if (this.failing && isForcing()) {
				throw new IOException("cannot be forced");
			}
			return super.records();
		}

		private static boolean isForcing() {
			return StackWalker.getInstance()
				.walk((frames) -> frames.anyMatch((frame) -> frame.getMethodName().equals("force")));
		}

	}

}
