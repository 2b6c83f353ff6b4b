package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.settings.StoreSettings.Sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Journal} with several segments. The contents are large, so that a few
 * of them fill a segment.
 */
class JournalTests {

	private static final int LARGE = 1024 * 1024;

	@TempDir(factory = MemoryTempDir.class)
	Path directory;

	@ParameterizedTest
	@EnumSource
	void holdsWhatAMapHoldsAfterAnyChangesAndRestarts(Sync sync) throws IOException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		Map<Long, ByteBuffer> model = new TreeMap<>();
		RecordStore store = open(sync);
		for (int step = 0; step < 300; step++) {
			long position = random.nextInt(60);
			if (random.nextInt(5) < 3) {
				byte[] content = new byte[random.nextInt(LARGE / 4)];
				random.nextBytes(content);
				store.append(List.of(new StoredRecord(position, content), new StoredRecord(100 + position, content)))
					.join();
				model.put(position, ByteBuffer.wrap(content));
				model.put(100 + position, ByteBuffer.wrap(content));
			}
			else {
				store.remove(new long[] { position, 100 + position });
				model.remove(position);
				model.remove(100 + position);
			}
			if (random.nextInt(40) == 0) {
				store.close();
				store = open(sync);
			}
			if (random.nextInt(40) == 0) {
				assertThat(recover(store).equals(model)).as("seed %d, step %d", seed, step).isTrue();
			}
		}
		assertThat(recover(store).equals(model)).as("seed %d", seed).isTrue();
		assertThat(store.getProblem()).isNull();
		store.close();
		assertThat(size()).as("seed %d", seed).isLessThan(3 * 30 * LARGE / 4 + 4 * Journal.SEGMENT_BYTES);
	}

	@Test
	void firstSegmentsWithoutLiveRecordsAreDeleted() throws Exception {
		RecordStore store = open(Sync.INTERVAL);
		fill(store, 0, 24);
		assertThat(segments()).containsExactly(1, 2, 3);
		// from the end: a removal must not disappear before the removed record
		for (long position = 23; position >= 0; position--) {
			store.remove(new long[] { position });
		}
		await().atMost(20, TimeUnit.SECONDS).until(() -> segments().equals(List.of(4)));
		store.close();
		store = open(Sync.INTERVAL);
		assertThat(recover(store)).isEmpty();
		store.close();
	}

	@Test
	void namesOfSegmentsDoNotDependOnTheLocale() throws IOException {
		Locale before = Locale.getDefault();
		Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
		try {
			RecordStore store = open(Sync.NEVER);
			store.append(List.of(new StoredRecord(1, new byte[] { 1 }))).join();
			store.close();
			store = open(Sync.NEVER);
			assertThat(recover(store)).containsOnlyKeys(1L);
			store.close();
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void recordThatStaysDoesNotKeepTheSegmentsBehindIt() throws IOException {
		RecordStore store = open(Sync.ALWAYS);
		store.append(List.of(new StoredRecord(-1, new byte[] { 1 }))).join();
		for (int round = 0; round < 10; round++) {
			fill(store, 8 * round, 8);
			store.remove(range(8 * round, 8));
			assertThat(size()).isLessThan(4L * Journal.SEGMENT_BYTES);
		}
		store.close();
		store = open(Sync.ALWAYS);
		assertThat(recover(store)).containsOnlyKeys(-1L);
		store.close();
	}

	@Test
	void callOfWhichAPartWasWrittenIsCutAndLogged() throws IOException {
		RecordStore store = open(Sync.NEVER);
		store.append(List.of(new StoredRecord(1, new byte[5]))).join();
		byte[] lock = Files.readAllBytes(this.directory.resolve("chat.lock"));
		store.append(List.of(new StoredRecord(2, new byte[5]), new StoredRecord(3, new byte[5]))).join();
		store.close();
		byte[] whole = Files.readAllBytes(segment(1));
		for (int length = whole.length - 49; length < whole.length; length++) {
			// the mark of the first commit: the second one was not reported
			Files.write(this.directory.resolve("chat.lock"), lock);
			Files.write(segment(1), Arrays.copyOf(whole, length));
			store = open(Sync.NEVER);
			assertThat(recover(store)).as("length " + length).containsOnlyKeys(1L);
			assertThat(store.getProblem()).isNull();
			assertThat(Files.size(segment(1))).isEqualTo(whole.length - 50);
			store.close();
		}
	}

	@Test
	void damageInAnOlderSegmentCostsOneRecord() throws IOException {
		RecordStore store = open(Sync.NEVER);
		fill(store, 0, 24);
		store.close();
		byte[] damaged = Files.readAllBytes(segment(2));
		damaged[3 * LARGE] ^= 1;
		Files.write(segment(2), damaged);
		store = open(Sync.NEVER);
		assertThat(recover(store)).hasSize(23);
		assertThat(store.getProblem()).contains("23 records were recovered, at least 1 could not be read")
			.contains("damaged files: chat.00000002.journal.corrupt-");
		store.close();
	}

	@Test
	void tornEndOfAnOlderSegmentIsDamage() throws IOException {
		RecordStore store = open(Sync.NEVER);
		fill(store, 0, 12);
		store.close();
		byte[] whole = Files.readAllBytes(segment(1));
		Files.write(segment(1), Arrays.copyOf(whole, whole.length - 1));
		store = open(Sync.NEVER);
		assertThat(recover(store)).hasSize(11);
		assertThat(store.getProblem()).contains("11 records were recovered, at least 1 could not be read")
			.contains("damaged files: chat.00000001.journal.corrupt-");
		store.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3 })
	void missingSegmentIsReported(int number) throws IOException {
		RecordStore store = open(Sync.NEVER);
		fill(store, 0, 24);
		store.close();
		Files.delete(segment(number));
		store = open(Sync.NEVER);
		assertThat(store.getProblem()).contains("16 records were recovered, at least 8 could not be read");
		assertThat(recover(store)).hasSize(16);
		store.close();
		store = open(Sync.NEVER);
		assertThat(recover(store)).hasSize(16);
		assertThat(store.getProblem()).as("reported once").isNull();
		store.close();
	}

	@Test
	void missingSegmentIsReportedWithoutAMark() throws IOException {
		RecordStore store = open(Sync.NEVER);
		fill(store, 0, 24);
		store.close();
		Files.delete(segment(2));
		Files.delete(this.directory.resolve("chat.lock"));
		store = open(Sync.NEVER);
		assertThat(store.getProblem()).contains("16 records were recovered, perhaps some could not be read");
		store.close();
	}

	@Test
	void segmentOfALaterVersionIsRefusedAndNotChanged() throws IOException {
		open(Sync.NEVER).close();
		ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(segment(1)));
		header.putInt(8, 2);
		CRC32C crc = new CRC32C();
		crc.update(header.array(), 0, 20);
		header.putInt(20, (int) crc.getValue());
		Files.write(segment(1), header.array());
		assertThatIOException().isThrownBy(() -> open(Sync.NEVER))
			.withMessage("Store " + this.directory.resolve("chat")
					+ " cannot be opened: its format 2 is not known to this version (chat.00000001.journal)");
		assertThat(segment(1)).hasBinaryContent(header.array());
	}

	@ParameterizedTest
	@EnumSource
	void newSegmentWithoutItsHeaderIsAnIncompleteEnd(Sync sync) throws IOException {
		RecordStore store = open(sync);
		fill(store, 0, 2);
		store.close();
		for (int length : List.of(0, 11, Segment.HEADER)) {
			Files.write(segment(2), new byte[length]);
			store = open(sync);
			assertThat(recover(store)).hasSize(2);
			assertThat(store.getProblem()).isNull();
			store.close();
			assertThat(segments()).containsExactly(1);
		}
	}

	private void fill(RecordStore store, long from, int count) {
		for (long position = from; position < from + count; position++) {
			store.append(List.of(new StoredRecord(position, new byte[LARGE]))).join();
		}
	}

	private static long[] range(long from, int count) {
		long[] positions = new long[count];
		Arrays.setAll(positions, (i) -> from + i);
		return positions;
	}

	private static Map<Long, ByteBuffer> recover(RecordStore store) throws IOException {
		Map<Long, ByteBuffer> all = new TreeMap<>();
		store.recover((one) -> all.put(one.position(), ByteBuffer.wrap(one.content())));
		return all;
	}

	private Path segment(int number) {
		return this.directory.resolve("chat.0000000" + number + ".journal");
	}

	private List<Integer> segments() throws IOException {
		List<Integer> numbers = new ArrayList<>();
		try (Stream<Path> files = Files.list(this.directory)) {
			files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".journal"))
				.sorted()
				.forEach((name) -> numbers.add(Integer.parseInt(name.substring(5, 13))));
		}
		return numbers;
	}

	private long size() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.mapToLong((file) -> file.toFile().length()).sum();
		}
	}

	private RecordStore open(Sync sync) throws IOException {
		return new FileOutboxStoreFactory(this.directory, sync, Duration.ofMillis(10)).openRecords("chat");
	}

}
