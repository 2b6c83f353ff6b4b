package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.settings.StoreSettings.Sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a store needs no more space, threads or wake-ups than its work does.
 */
class StoreUpkeepTests {

	@TempDir(factory = MemoryTempDir.class)
	Path directory;

	@ParameterizedTest
	@EnumSource
	void journalStaysSmallWhileMessagesComeAndGo(Sync sync) throws Exception {
		RecordStore store = open(sync, System::nanoTime);
		long largest = churn(store, Integer.getInteger("store.messages", 30_000), Long.MAX_VALUE);
		store.close();
		assertThat(largest).isLessThan(20_000_000);
		assertThat(size()).isLessThan(20_000_000);
	}

	@Test
	void journalStaysSmallWhenSomeMessagesStay() throws Exception {
		RecordStore store = open(Sync.NEVER, System::nanoTime);
		long largest = churn(store, Integer.getInteger("store.messages", 30_000), 100);
		store.close();
		assertThat(largest).isLessThan(30_000_000);
	}

	@Test
	void idleStoreSleepsUntilItIsWoken() throws Exception {
		AtomicInteger looks = new AtomicInteger();
		RecordStore store = open(Sync.INTERVAL, () -> {
			looks.incrementAndGet();
			return System.nanoTime();
		});
		store.append(List.of(new StoredRecord(1, new byte[10]))).join();
		store.remove(new long[] { 1 });
		Thread thread = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((one) -> one.getName().equals("resilient-ws-store-chat"))
			.findFirst()
			.orElseThrow();
		assertThat(thread.isDaemon()).isTrue();
		await().atMost(20, TimeUnit.SECONDS).until(() -> mark().count() == 0);
		await().atMost(20, TimeUnit.SECONDS).until(() -> thread.getState() == Thread.State.WAITING);
		int before = looks.get();
		// no sleep for luck: whatever it does in this time is too much
		thread.join(300);
		assertThat(looks).hasValue(before);
		store.close();
		assertThat(thread.isAlive()).isFalse();
	}

	@Test
	void removalAloneIsCommittedAfterAMoment() throws Exception {
		RecordStore store = open(Sync.NEVER, System::nanoTime);
		store.append(List.of(new StoredRecord(1, new byte[10]), new StoredRecord(2, new byte[10]))).join();
		store.remove(new long[] { 1 });
		await().atMost(20, TimeUnit.SECONDS).until(() -> mark().count() == 1);
		store.close();
	}

	/**
	 * Append messages in groups, and remove most in no order while at most 1,000 are
	 * left.
	 */
	private long churn(RecordStore store, int messages, long keepEach) throws IOException {
		Random random = new Random(3);
		List<Long> pending = new ArrayList<>();
		long largest = 0;
		for (long position = 0; position < messages;) {
			List<CompletableFuture<Void>> group = new ArrayList<>();
			for (int i = 0; i < 16; i++, position++) {
				group.add(store.append(List.of(new StoredRecord(position, new byte[256]))));
				if (position % keepEach != 0) {
					pending.add(position);
				}
			}
			CompletableFuture.allOf(group.toArray(CompletableFuture[]::new)).join();
			while (pending.size() > 600) {
				Collections.swap(pending, random.nextInt(300), pending.size() - 1);
				store.remove(new long[] { pending.remove(pending.size() - 1) });
			}
			if (position % 1_600 == 0) {
				largest = Math.max(largest, size());
			}
		}
		return Math.max(largest, size());
	}

	private long size() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.mapToLong((file) -> file.toFile().length()).sum();
		}
	}

	private JournalMark mark() throws IOException {
		byte[] lock = Files.readAllBytes(this.directory.resolve("chat.lock"));
		return JournalMark.of(ByteBuffer.wrap(Arrays.copyOfRange(lock, 512, lock.length)));
	}

	private RecordStore open(Sync sync, LongSupplier nanoTime) throws IOException {
		return new FileOutboxStoreFactory(this.directory, sync, Duration.ofMillis(10), InstantSource.system(), nanoTime)
			.openRecords("chat");
	}

}
