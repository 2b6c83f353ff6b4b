package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.resilientws.settings.StoreSettings.Sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link PendingChanges} whose force fails after the bytes were written.
 */
class PendingChangesTests {

	@TempDir(factory = MemoryTempDir.class)
	Path directory;

	private FailingJournal journal;

	@BeforeEach
	void open() throws IOException {
		Path path = this.directory.resolve("chat");
		InstantSource clock = InstantSource.system();
		StoreLock lock = StoreLock.acquire(path, this.directory.resolve("chat.lock"), clock.instant());
		this.journal = new FailingJournal(path, lock, clock);
	}

	@AfterEach
	void close() {
		this.journal.release();
	}

	@Test
	void appendThatWasReportedAsFailedDoesNotComeBack() throws IOException {
		PendingChanges changes = new PendingChanges(this.journal, Sync.ALWAYS);
		changes.open();
		changes.commit(List.of(append(1, 10), append(3, 30)));
		this.journal.failing = true;
		assertThatIOException()
			.isThrownBy(() -> changes.commit(List.of(append(1, 11), append(2, 20), remove(3), append(4, 40))))
			.withMessage("Store " + this.journal.path() + " cannot be written: cannot be forced");
		this.journal.failing = false;
		changes.rememberRemoval(remove(4));
		changes.open();
		assertThat(contents(changes)).containsExactly("1=10");
	}

	@Test
	void acceptedOnesThatTheDiskDidNotTakeAreWrittenAgain() throws IOException {
		PendingChanges changes = new PendingChanges(this.journal, Sync.INTERVAL);
		changes.open();
		changes.commit(List.of(append(1, 10), append(2, 20)));
		changes.force();
		byte[] before = Files.readAllBytes(file());
		changes.commit(List.of(append(3, 30), remove(2)));
		changes.commit(List.of(append(1, 11)));
		this.journal.failing = true;
		assertThatIOException().isThrownBy(changes::force);
		assertThat(changes.isUnforced()).isFalse();
		this.journal.failing = false;
		Files.write(file(), before);
		changes.open();
		assertThat(contents(changes)).containsExactly("1=11", "3=30");
		assertThat(this.journal.damage()).isNull();
	}

	@Test
	void repeatedChangesOfWhichAPartWasWrittenBringNothingBack() throws IOException {
		PendingChanges changes = new PendingChanges(this.journal, Sync.INTERVAL);
		changes.open();
		changes.commit(List.of(append(1, 10)));
		changes.commit(List.of(remove(1), append(2, 20)));
		this.journal.failing = true;
		assertThatIOException().isThrownBy(changes::force);
		this.journal.failing = false;
		Path mark = this.directory.resolve("chat.lock");
		byte[] before = Files.readAllBytes(mark);
		changes.open();
		// as if the process had been killed within the write
		Path next = this.directory.resolve("chat.00000002.journal");
		byte[] whole = Files.readAllBytes(next);
		int first = Segment.HEADER + RecordCodec.HEADER + 1;
		this.journal.release();
		Files.write(mark, before);
		Files.write(next, Arrays.copyOf(whole, first));
		open();
		assertThat(contents(new PendingChanges(this.journal, Sync.INTERVAL))).doesNotContain("1=10");
	}

	@Test
	void forceThatFailsInANewSegmentLeavesNoDamage() throws IOException {
		PendingChanges changes = new PendingChanges(this.journal, Sync.INTERVAL);
		changes.open();
		changes.commit(
				List.of(new StoreRequest.Append(List.of(new StoredRecord(1, new byte[(int) Journal.SEGMENT_BYTES])))));
		changes.commit(List.of(append(2, 20)));
		this.journal.failing = true;
		assertThatIOException().isThrownBy(changes::force);
		this.journal.failing = false;
		changes.open();
		this.journal.release();
		open();
		assertThat(contents(new PendingChanges(this.journal, Sync.INTERVAL))).containsExactly("1=0", "2=20");
		assertThat(this.journal.damage()).isNull();
	}

	private Path file() {
		return this.directory.resolve("chat.00000001.journal");
	}

	private static List<String> contents(PendingChanges changes) throws IOException {
		return changes.read().stream().map((one) -> one.position() + "=" + one.content()[0]).toList();
	}

	private static StoreRequest append(long position, int content) {
		return new StoreRequest.Append(List.of(new StoredRecord(position, new byte[] { (byte) content })));
	}

	private static StoreRequest remove(long position) {
		return new StoreRequest.Remove(new long[] { position });
	}

	private static final class FailingJournal extends Journal {

		private boolean failing;

		private FailingJournal(Path path, StoreLock lock, InstantSource clock) {
			super("chat", path, lock, clock, true);
		}

		@Override
		void forceFile(Segment segment) throws IOException {
			super.forceFile(segment);
			if (this.failing) {
				throw new IOException("cannot be forced");
			}
		}

	}

}
