package io.github.resilientws.store.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.FileSystemUtils;

import io.github.resilientws.settings.StoreSettings.Sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests the loss by a power cut. It is simulated: an ext4 file system in a file is shut
 * down so that whatever it had not written is lost.
 */
@Tag("crash")
class PowerCutTests {

	private static final int SENDERS = 16;

	/** {@code EXT4_IOC_SHUTDOWN} with {@code EXT4_GOING_FLAGS_NOLOGFLUSH}. */
	private static final String SHUTDOWN = """
			import fcntl, os, struct, sys
			fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))
			""";

	@TempDir
	Path directory;

	private Path image;

	private Path mount;

	@BeforeEach
	void makeDisk() throws Exception {
		Path memory = Path.of("/dev/shm");
		this.image = Files.createTempFile((Files.isWritable(memory)) ? memory : this.directory, "disk", ".img");
		this.mount = Files.createDirectory(this.directory.resolve("disk"));
		try (RandomAccessFile file = new RandomAccessFile(this.image.toFile(), "rw")) {
			file.setLength(128 * 1024 * 1024);
		}
		assumeTrue(Commands.run("mkfs.ext4", "-q", "-F", this.image.toString()) && mountDisk(),
				"no loop mount is allowed here, so no power can be cut");
	}

	@AfterEach
	void removeDisk() throws Exception {
		Commands.run("umount", this.mount.toString());
		Files.deleteIfExists(this.image);
	}

	@ParameterizedTest
	@EnumSource(names = { "ALWAYS", "INTERVAL" })
	void powerCutLosesOnlyUnforcedRecords(Sync sync) throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		int accepted = 0;
		int lost = 0;
		for (int run = 0; run < Integer.getInteger("crash.runs", 10); run++) {
			Path store = this.mount.resolve("store" + run);
			Promises promises = new Promises();
			Process process = StoreProcess.start(store, sync, SENDERS);
			int before;
			try (BufferedReader reader = process.inputReader()) {
				assertThat(reader.readLine()).isEqualTo("held");
				Thread read = new Thread(() -> promises.readAll(reader));
				read.start();
				process.waitFor(random.nextInt(300, 1500), TimeUnit.MILLISECONDS);
				before = promises.accepted();
				// longer than an interval and a force: records that were reported by now
				// must stay
				process.waitFor(2, TimeUnit.SECONDS);
				assertThat(Commands.run("kill", "-STOP", Long.toString(process.pid()))).isTrue();
				assumeTrue(Commands.run("python3", "-c", SHUTDOWN, this.mount.toString()),
						"this file system cannot be shut down");
				process.toHandle().destroyForcibly();
				read.join();
			}
			finally {
				process.destroyForcibly().waitFor();
			}
			assertThat(Commands.run("umount", this.mount.toString()) && mountDisk()).as("remount").isTrue();
			Set<Long> recovered = recover(store);
			FileSystemUtils.deleteRecursively(store);
			String which = sync + ", seed " + seed + ", run " + run;
			List<Integer> missing = promises.kept()
				.entrySet()
				.stream()
				.filter((entry) -> !recovered.contains(entry.getKey()))
				.map(Map.Entry::getValue)
				.toList();
			if (sync == Sync.ALWAYS) {
				assertThat(missing).as(which).isEmpty();
				assertThat(promises.removed()).as(which).noneMatch(recovered::contains);
			}
			assertThat(missing).as(which).allMatch((line) -> line > before);
			accepted += promises.accepted();
			lost += missing.size();
		}
		System.out.printf("%s: %d accepted, lost to power cuts %d%n", sync, accepted, lost);
	}

	private Set<Long> recover(Path store) throws IOException {
		RecordStore opened = new FileOutboxStoreFactory(store, Sync.ALWAYS, Duration.ofMillis(10)).openRecords("chat");
		List<StoredRecord> all = new ArrayList<>();
		opened.recover(all::add);
		opened.close();
		assertThat(all).allMatch(StoreProcess::isWhole, "is whole");
		Set<Long> positions = new HashSet<>();
		all.forEach((one) -> positions.add(one.position()));
		return positions;
	}

	private boolean mountDisk() throws InterruptedException {
		return Commands.run("mount", "-o", "loop", this.image.toString(), this.mount.toString());
	}

}
