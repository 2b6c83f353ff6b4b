package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import io.github.resilientws.settings.StoreSettings.Sync;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a damaged file stops no start, and that nothing is lost without a word.
 */
class DamagedStoreTests {

	private static final int COUNT = 40;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@TempDir(factory = MemoryTempDir.class)
	Path directory;

	@BeforeEach
	void listen() {
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void leave() {
		logger().detachAppender(this.log);
	}

	@Test
	void saysNothingAboutAFileThatIsWhole() throws IOException {
		fill();
		assertThat(recover().positions()).containsExactlyElementsOf(pending());
		assertThat(warnings()).isEmpty();
	}

	@Test
	void tornEndLosesNothingWithoutAWord() throws IOException {
		killed();
		byte[] whole = Files.readAllBytes(file());
		byte[] lock = Files.readAllBytes(lock());
		for (int cut = 1; cut < whole.length; cut += 53) {
			clear();
			Files.write(file(), Arrays.copyOf(whole, whole.length - cut));
			Files.write(lock(), lock);
			assertThatLossIsReported(recover(), "cut " + cut);
		}
	}

	@Test
	void garbageAtTheEndLosesNothingWithoutAWord() throws IOException {
		killed();
		byte[] whole = Files.readAllBytes(file());
		byte[] lock = Files.readAllBytes(lock());
		for (int length = 1; length < whole.length; length *= 2) {
			byte[] garbage = new byte[length];
			new Random(length).nextBytes(garbage);
			byte[] damaged = whole.clone();
			System.arraycopy(garbage, 0, damaged, whole.length - length, length);
			clear();
			Files.write(file(), damaged);
			Files.write(lock(), lock);
			assertThatLossIsReported(recover(), "garbage " + length);
		}
	}

	@Test
	void lostCommitsAreReportedWithOneWarning() throws IOException {
		fill();
		// as if the file had been forgotten by the disk, and only its earlier content is
		// left
		byte[] whole = Files.readAllBytes(file());
		RecordStore store = open();
		store.append(List.of(new StoredRecord(COUNT, content(COUNT)))).join();
		store.close();
		Files.write(file(), whole);
		Recovered recovered = recover();
		assertThat(recovered.positions()).containsExactlyElementsOf(pending());
		assertThat(warnings()).singleElement()
			.asString()
			.isEqualTo("[chat] " + store() + " was damaged: 30 records were recovered, at least 1 could not be read");
	}

	@Test
	void fileWithoutAReadableHeaderIsSetAsideAndItsRecordsRecovered() throws IOException {
		fill();
		byte[] damaged = Files.readAllBytes(file());
		Arrays.fill(damaged, 0, 20, (byte) 7);
		Files.write(file(), damaged);
		Recovered recovered = recover();
		assertThat(recovered.positions()).containsAll(pending());
		Path aside = aside();
		assertThat(aside).hasBinaryContent(damaged);
		if (aside.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(aside))).isEqualTo("rw-------");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
		}
		assertThat(recovered.problem()).startsWith(store() + " was damaged: ")
			.endsWith("; damaged files: " + aside.getFileName());
		assertThat(warnings()).containsExactly("[chat] " + recovered.problem());
		this.log.list.clear();
		Recovered again = recover();
		assertThat(again.problem()).isNull();
		assertThat(warnings()).isEmpty();
	}

	@Test
	void damagedRecordIsCountedAndTheOthersRecovered() throws IOException {
		RecordStore store = open();
		for (long position = 0; position < COUNT; position++) {
			store.append(List.of(new StoredRecord(position, content(position)))).join();
		}
		store.close();
		byte[] damaged = Files.readAllBytes(file());
		byte[] five = content(5);
		for (int i = 0; i <= damaged.length - five.length; i++) {
			if (Arrays.equals(damaged, i, i + five.length, five, 0, five.length)) {
				damaged[i + 3] ^= 1;
			}
		}
		Files.write(file(), damaged);
		Recovered recovered = recover();
		assertThat(recovered.positions()).hasSize(COUNT - 1).doesNotContain(5L);
		assertThat(recovered.problem()).contains("39 records were recovered, at least 1 could not be read");
		assertThat(aside()).exists();
	}

	@Test
	void reportsThatAFileIsMissing() throws IOException {
		fill();
		Files.delete(file());
		assertThat(recover().positions()).isEmpty();
		assertThat(warnings()).containsExactly("[chat] " + store() + " is missing; it held 30 records");
	}

	@Test
	void ignoresGarbageBehindTheEnd() throws IOException {
		killed();
		byte[] garbage = new byte[5000];
		new Random(1).nextBytes(garbage);
		byte[] whole = Files.readAllBytes(file());
		byte[] longer = Arrays.copyOf(whole, whole.length + garbage.length);
		System.arraycopy(garbage, 0, longer, whole.length, garbage.length);
		Files.write(file(), longer);
		assertThat(recover().positions()).containsExactlyElementsOf(pending());
		assertThat(warnings()).isEmpty();
	}

	@Test
	void oneFlippedByteLosesNothingWithoutAWord() throws IOException {
		fill();
		byte[] whole = Files.readAllBytes(file());
		byte[] lock = Files.readAllBytes(lock());
		Random random = new Random(4);
		IntStream offsets = IntStream.range(0, whole.length)
			.filter((i) -> i < 10 || i % Integer.getInteger("damage.step", 29) == 0);
		for (int offset : offsets.toArray()) {
			byte[] damaged = whole.clone();
			damaged[offset] ^= (byte) (1 << random.nextInt(8));
			clear();
			Files.write(file(), damaged);
			Files.write(lock(), lock);
			Recovered recovered = recover();
			assertThatLossIsReported(recovered, "offset " + offset);
			assertThat(recovered.positions()).as("offset " + offset).hasSizeGreaterThanOrEqualTo(pending().size() - 1);
			assertThat(recover().positions()).as("second start, offset " + offset).isEqualTo(recovered.positions());
		}
	}

	private void assertThatLossIsReported(Recovered recovered, String which) {
		List<Long> lost = new ArrayList<>(pending());
		lost.removeAll(recovered.positions());
		if (!lost.isEmpty()) {
			assertThat(warnings()).as(which + ", lost " + lost).isNotEmpty();
		}
	}

	private Path aside() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((path) -> path.getFileName().toString().startsWith("chat.00000001.journal.corrupt-"))
				.findFirst()
				.orElseThrow();
		}
	}

	private void fill() throws IOException {
		RecordStore store = open();
		write(store);
		store.close();
	}

	/** Leave the files as a killed process does. */
	private void killed() throws IOException {
		RecordStore store = open();
		write(store);
		Path copy = this.directory.resolve("copy");
		Files.createDirectory(copy);
		for (Path path : List.of(file(), lock())) {
			Files.copy(path, copy.resolve(path.getFileName()));
		}
		store.close();
		for (Path path : List.of(file(), lock())) {
			Files.move(copy.resolve(path.getFileName()), path, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static void write(RecordStore store) {
		for (long position = 0; position < COUNT; position++) {
			store.append(List.of(new StoredRecord(position, content(position)))).join();
			if (position % 4 == 3) {
				store.remove(new long[] { position - 1 });
			}
		}
		store.append(List.of(new StoredRecord(0, content(0)))).join();
	}

	private static List<Long> pending() {
		return LongStream.range(0, COUNT).filter((position) -> position % 4 != 2).boxed().toList();
	}

	private static byte[] content(long position) {
		return ("message " + position + " ").repeat(4).getBytes(StandardCharsets.UTF_8);
	}

	private Recovered recover() throws IOException {
		RecordStore store = open();
		try {
			List<Long> positions = new ArrayList<>();
			store.recover((one) -> {
				assertThat(one.content()).isEqualTo(content(one.position()));
				positions.add(one.position());
			});
			assertThat(positions).isSorted();
			store.append(List.of(new StoredRecord(1000, content(1000)))).join();
			store.remove(new long[] { 1000 });
			return new Recovered(positions, store.getProblem());
		}
		finally {
			store.close();
		}
	}

	private RecordStore open() throws IOException {
		return new FileOutboxStoreFactory(this.directory, Sync.NEVER, Duration.ofMillis(10)).openRecords("chat");
	}

	private void clear() throws IOException {
		this.log.list.clear();
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path path : files.toList()) {
				Files.delete(path);
			}
		}
	}

	private String store() {
		return "Store " + this.directory.resolve("chat");
	}

	private Path file() {
		return this.directory.resolve("chat.00000001.journal");
	}

	private Path lock() {
		return this.directory.resolve("chat.lock");
	}

	private List<String> warnings() {
		return this.log.list.stream()
			.filter((event) -> event.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger("io.github.resilientws.store");
	}

	private record Recovered(List<Long> positions, @Nullable String problem) {

	}

}
