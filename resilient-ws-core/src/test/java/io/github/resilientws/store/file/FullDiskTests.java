package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.settings.StoreSettings.Sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests a full disk, on a small file system in memory.
 */
class FullDiskTests {

	@TempDir
	Path directory;

	private Path mount;

	@BeforeEach
	void mount() throws Exception {
		this.mount = Files.createDirectory(this.directory.resolve("small"));
		assumeTrue(Commands.run("mount", "-t", "tmpfs", "-o", "size=2m", "none", this.mount.toString()),
				"no file system can be mounted here, so none can be full");
	}

	@AfterEach
	void unmount() throws Exception {
		Commands.run("umount", this.mount.toString());
	}

	@ParameterizedTest
	@EnumSource
	void failsAppendsThatDoNotFitAndContinuesWithFreeSpace(Sync sync) throws Exception {
		Path ballast = this.mount.resolve("ballast");
		Files.write(ballast, new byte[500_000]);
		RecordStore store = open(sync);
		List<Long> accepted = new ArrayList<>();
		long position = 0;
		String failure = null;
		while (failure == null) {
			failure = append(store, position);
			if (failure == null) {
				accepted.add(position);
			}
			position++;
		}
		assertThat(failure).contains("Store " + this.mount.resolve("chat") + " cannot be written: ")
			.contains("No space left");
		assertThat(accepted).hasSizeGreaterThan(50);
		assertThat(store.getProblem()).isEqualTo(failure);
		// removals asked for meanwhile are kept
		store.remove(new long[] { 3, 4 });
		accepted.removeAll(List.of(3L, 4L));
		Files.delete(ballast);
		long next = 1_000_000;
		await().atMost(20, TimeUnit.SECONDS).until(() -> append(store, next) == null);
		accepted.add(next);
		assertThat(store.getProblem()).isNull();
		assertThat(positions(store)).isEqualTo(accepted);
		store.close();
		RecordStore again = open(sync);
		assertThat(positions(again)).isEqualTo(accepted);
		assertThat(again.getProblem()).isNull();
		again.close();
	}

	@Test
	void failedAppendRestoresTheReplacedRecord() throws Exception {
		RecordStore store = open(Sync.INTERVAL);
		assertThat(append(store, 7)).isNull();
		assertThat(store.append(List.of(new StoredRecord(7, new byte[5_000_000]), new StoredRecord(8, new byte[0]))))
			.failsWithin(Duration.ofSeconds(20));
		await().atMost(20, TimeUnit.SECONDS).until(() -> append(store, 9) == null);
		List<String> recovered = new ArrayList<>();
		store.recover((one) -> recovered.add(one.position() + ": " + one.content().length));
		assertThat(recovered).containsExactly("7: 4000", "9: 4000");
		store.close();
	}

	@Test
	void closesWithinATimeAndLosesNothingAccepted() throws Exception {
		RecordStore store = open(Sync.INTERVAL);
		long accepted = 0;
		while (append(store, accepted) == null) {
			accepted++;
		}
		store.remove(new long[] { 0 });
		long start = System.nanoTime();
		store.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
		store = open(Sync.INTERVAL);
		assertThat((long) positions(store).size()).isBetween(accepted - 1, accepted);
		store.close();
	}

	private RecordStore open(Sync sync) throws IOException {
		return new FileOutboxStoreFactory(this.mount, sync, Duration.ofMillis(10)).openRecords("chat");
	}

	private static String append(RecordStore store, long position) throws InterruptedException {
		CompletableFuture<Void> done = store.append(List.of(new StoredRecord(position, new byte[4_000])));
		return done.handle((result, ex) -> (ex != null) ? ex.getMessage() : null).join();
	}

	private static List<Long> positions(RecordStore store) throws IOException {
		List<Long> all = new ArrayList<>();
		store.recover((one) -> all.add(one.position()));
		return all;
	}

}
