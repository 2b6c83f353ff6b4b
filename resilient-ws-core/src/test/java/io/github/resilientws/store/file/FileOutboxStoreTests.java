package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.settings.StoreSettings.Sync;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link FileOutboxStore}: positions, dead letters and ids.
 */
class FileOutboxStoreTests {

	@TempDir(factory = MemoryTempDir.class)
	Path directory;

	@Test
	void positionsAscendAcrossRestarts() throws IOException {
		OutboxStore store = open();
		long[] first = store.append(List.of(message("a"), message("b"))).join();
		assertThat(first).containsExactly(1, 2);
		store.remove(new long[] { 1 });
		store.close();
		store = open();
		assertThat(recover(store)).containsExactly("2 b");
		assertThat(store.append(List.of(message("c"))).join()).containsExactly(3);
		assertThat(recover(store)).containsExactly("2 b", "3 c");
		store.close();
	}

	@Test
	void deadLetterReplacesItsMessage() throws IOException {
		OutboxStore store = open();
		long[] positions = store.append(List.of(message("a"), message("b"))).join();
		OutboxRecord.Death death = new OutboxRecord.Death(DeadLetter.Cause.POISON, Instant.ofEpochMilli(5));
		store.end(positions[0], new OutboxRecord("a", null, true, new byte[0], 5, 0, 3, death)).join();
		assertThat(recover(store)).containsExactly("1 a dead", "2 b");
		store.close();
	}

	@Test
	void reservedIdsAreNotReservedAgain() throws IOException {
		OutboxStore store = open();
		recover(store);
		assertThat(store.reserveIds(100, 10).join()).isEqualTo(100);
		assertThat(store.reserveIds(100, 10).join()).isEqualTo(110);
		assertThat(store.reserveIds(500, 10).join()).isEqualTo(500);
		store.close();
		store = open();
		assertThat(recover(store)).isEmpty();
		assertThat(store.reserveIds(1, 10).join()).isEqualTo(510);
		store.close();
	}

	@Test
	void recordOfALaterVersionIsAnErrorThatNamesTheFile() throws IOException {
		RecordStore records = factory().openRecords("chat");
		records.append(List.of(new StoredRecord(1, new byte[] { 9 }))).join();
		records.close();
		OutboxStore store = open();
		assertThatIOException().isThrownBy(() -> recover(store))
			.withMessage("Store " + this.directory.resolve("chat")
					+ " cannot be read: record 1: its format is not known to this version");
		store.close();
	}

	private OutboxStore open() throws IOException {
		return factory().open("chat");
	}

	private FileOutboxStoreFactory factory() {
		return new FileOutboxStoreFactory(this.directory, Sync.NEVER, Duration.ofMillis(10));
	}

	private static OutboxRecord message(String id) {
		return new OutboxRecord(id, null, true, id.getBytes(StandardCharsets.UTF_8), 1, 0, 0, null);
	}

	private static List<String> recover(OutboxStore store) throws IOException {
		List<String> all = new ArrayList<>();
		store.recover((one, position) -> all.add(position + " " + one.id() + ((one.death() != null) ? " dead" : "")));
		return all;
	}

}
