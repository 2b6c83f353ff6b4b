package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.settings.StoreSettings.Sync;
import io.github.resilientws.store.StoreHeldException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests for {@link RecordStore} while nothing is broken.
 */
class RecordStoreTests {

	@TempDir
	Path directory;

	@ParameterizedTest
	@EnumSource
	void recoversUnremovedRecordsInOrder(Sync sync) throws IOException {
		RecordStore store = open(sync);
		append(store, 7, "seven").join();
		CompletableFuture.allOf(append(store, 3, "three"), append(store, 5, "five"), append(store, 9, "nine")).join();
		append(store, 5, "fünf").join();
		store.remove(new long[] { 7, 8 });
		assertThat(recover(store)).containsExactly("3 three", "5 fünf", "9 nine");
		assertThat(recover(store)).containsExactly("3 three", "5 fünf", "9 nine");
		store.close();
		store = open(sync);
		assertThat(recover(store)).containsExactly("3 three", "5 fünf", "9 nine");
		assertThat(store.getProblem()).isNull();
		store.close();
	}

	@Test
	void keepsRecordsOfAnySize() throws IOException {
		RecordStore store = open(Sync.NEVER);
		String large = "x".repeat(3_000_000);
		List<StoredRecord> records = new ArrayList<>();
		LongStream.range(0, 2_000).forEach((i) -> records.add(new StoredRecord(i, new byte[(int) i])));
		store.append(records).join();
		append(store, -4, large).join();
		store.close();
		store = open(Sync.NEVER);
		List<StoredRecord> recovered = new ArrayList<>();
		store.recover(recovered::add);
		store.close();
		assertThat(recovered).hasSize(2_001);
		assertThat(recovered.get(0).content()).hasSize(3_000_000);
		assertThat(recovered.get(2_000).content()).hasSize(1_999);
	}

	@Test
	void isNamedAfterTheClientAndForItsOwnerOnly() throws IOException {
		Path made = this.directory.resolve("a/b");
		RecordStore store = new FileOutboxStoreFactory(made, Sync.INTERVAL, Duration.ofMillis(10)).openRecords("chat");
		store.close();
		assertThat(made).isDirectoryContaining("glob:**/chat.00000001.journal");
		if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rwx------");
			for (String name : List.of("chat.00000001.journal", "chat.lock")) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve(name))))
					.isEqualTo("rw-------");
			}
		}
	}

	@Test
	void saysWhyTheDirectoryCannotBeMade() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		for (Path place : List.of(file, file.resolve("below"))) {
			assertThatIOException()
				.isThrownBy(
						() -> new FileOutboxStoreFactory(place, Sync.NEVER, Duration.ofMillis(10)).openRecords("chat"))
				.withMessageContaining("Store directory " + place + " cannot be created: ");
		}
	}

	@Test
	void saysThatADirectoryIsInTheWay() throws IOException {
		Path place = Files.createDirectory(this.directory.resolve("chat.00000001.journal"));
		assertThatIOException().isThrownBy(() -> open(Sync.NEVER))
			.withMessage("Store " + this.directory.resolve("chat")
					+ " cannot be opened: Is a directory (chat.00000001.journal)");
		Files.delete(place);
		open(Sync.NEVER).close();
	}

	@Test
	void saysThatTheDirectoryCannotBeWritten() throws Exception {
		Path place = Files.createDirectory(this.directory.resolve("read-only"));
		// root may write anywhere but on a read-only file system
		boolean root = Commands.run("mount", "-t", "tmpfs", "-o", "ro", "none", place.toString());
		if (!root) {
			assumeTrue(place.toFile().setWritable(false) && !Files.isWritable(place), "this user may write anywhere");
		}
		try {
			assertThatIOException()
				.isThrownBy(
						() -> new FileOutboxStoreFactory(place, Sync.NEVER, Duration.ofMillis(10)).openRecords("chat"))
				.withMessageContaining("Store directory " + place + " cannot be written: ");
		}
		finally {
			if (root) {
				Commands.run("umount", place.toString());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "../chat", "a/b", "A", "", ".chat", "a.b" })
	void refusesNamesThatAreNoneOfAClient(String name) {
		assertThatIllegalArgumentException().isThrownBy(
				() -> new FileOutboxStoreFactory(this.directory, Sync.NEVER, Duration.ofMillis(10)).openRecords(name));
	}

	@Test
	void clientsShareADirectory() throws IOException {
		FileOutboxStoreFactory factory = new FileOutboxStoreFactory(this.directory, Sync.NEVER, Duration.ofMillis(10));
		RecordStore one = factory.openRecords("one");
		RecordStore two = factory.openRecords("two");
		append(one, 1, "first").join();
		assertThat(recover(two)).isEmpty();
		assertThat(recover(one)).containsExactly("1 first");
		one.close();
		two.close();
	}

	@Test
	void refusesASecondOpenerInTheSameProcess() throws IOException {
		RecordStore store = open(Sync.INTERVAL);
		assertThatExceptionOfType(StoreHeldException.class).isThrownBy(() -> open(Sync.INTERVAL))
			.withMessageContaining(this.directory.resolve("chat").toString())
			.withMessageContaining("this process " + ProcessHandle.current().pid());
		append(store, 1, "still mine").join();
		store.close();
		open(Sync.INTERVAL).close();
	}

	@Test
	void refusesAnAppendAfterClose() throws IOException {
		RecordStore store = open(Sync.NEVER);
		store.close();
		assertThat(append(store, 1, "late")).isCompletedExceptionally();
		store.remove(new long[] { 1 });
		assertThat(Thread.getAllStackTraces().keySet())
			.noneMatch((thread) -> thread.getName().equals("resilient-ws-store-chat") && thread.isAlive());
	}

	private RecordStore open(Sync sync) throws IOException {
		return new FileOutboxStoreFactory(this.directory, sync, Duration.ofMillis(10)).openRecords("chat");
	}

	private static CompletableFuture<Void> append(RecordStore store, long position, String text) {
		return store.append(List.of(new StoredRecord(position, text.getBytes(StandardCharsets.UTF_8))));
	}

	private static List<String> recover(RecordStore store) throws IOException {
		List<String> all = new ArrayList<>();
		store.recover((one) -> all.add(one.position() + " " + new String(one.content(), StandardCharsets.UTF_8)));
		return all;
	}

}
