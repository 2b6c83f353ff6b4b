package io.github.resilientws.internal.encoding;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimeOrderedIdGeneratorTests {

	private static final Instant NOW = Instant.parse("2026-11-22T08:15:00.123Z");

	@Test
	void areUuidsOfVersionSevenInOrderWithinAMillisecond() {
		TimeOrderedIdGenerator ids = new TimeOrderedIdGenerator(InstantSource.fixed(NOW), new Random(1));
		List<String> made = Stream.generate(ids::next).limit(1000).toList();
		assertThat(made).isSorted().doesNotHaveDuplicates().allSatisfy((id) -> {
			UUID uuid = UUID.fromString(id);
			assertThat(uuid.version()).isEqualTo(7);
			assertThat(uuid.variant()).isEqualTo(2);
			assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
		});
	}

	@Test
	void differBetweenClients() {
		TimeOrderedIdGenerator ids = new TimeOrderedIdGenerator(InstantSource.fixed(NOW), new Random(1));
		TimeOrderedIdGenerator others = new TimeOrderedIdGenerator(InstantSource.fixed(NOW), new Random(2));
		assertThat(ids.next()).isNotEqualTo(others.next());
	}

}
