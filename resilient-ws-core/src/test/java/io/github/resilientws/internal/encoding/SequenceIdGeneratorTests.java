package io.github.resilientws.internal.encoding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SequenceIdGeneratorTests {

	private final List<Long> reserved = new ArrayList<>();

	private final SequenceIdGenerator ids = new SequenceIdGenerator(() -> Instant.ofEpochMilli(1), (atLeast, count) -> {
		this.reserved.add(atLeast);
		return atLeast;
	}, SequenceIdGenerator.BLOCK);

	@Test
	void startsAfterTheClockInMicroseconds() {
		assertThat(this.ids.next()).isEqualTo(1001);
		assertThat(this.ids.next()).isEqualTo(1002);
		assertThat(this.reserved).containsExactly(1001L);
	}

	@Test
	void reservesAnotherBlockOnceOneIsUsed() {
		for (long id = 1001; id <= 11_001; id++) {
			assertThat(this.ids.next()).isEqualTo(id);
		}
		assertThat(this.reserved).containsExactly(1001L, 11_001L);
	}

	@Test
	void usesTheNumbersThatTheStoreGives() {
		SequenceIdGenerator ids = new SequenceIdGenerator(() -> Instant.EPOCH, (atLeast, count) -> atLeast + 50_000,
				SequenceIdGenerator.BLOCK);
		assertThat(ids.next()).isEqualTo(50_001);
		assertThat(ids.next()).isEqualTo(50_002);
	}

	@Test
	void discardsItsBlockWhenTheStoreIsReadAgain() {
		this.ids.next();
		this.ids.reset();
		assertThat(this.ids.next()).isEqualTo(11_001);
	}

	@Test
	void idsOfManyThreadsDiffer() throws InterruptedException {
		Set<Long> all = ConcurrentHashMap.newKeySet();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			threads.add(new Thread(() -> {
				for (int j = 0; j < 25_000; j++) {
					all.add(this.ids.next());
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(all).hasSize(100_000);
	}

}
