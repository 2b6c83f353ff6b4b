package io.github.resilientws.internal.encoding;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
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
		List<UUID> made = Stream.generate(ids::next).limit(1000).toList();
		assertThat(made).isSortedAccordingTo(Comparator.comparing(UUID::toString))
			.doesNotHaveDuplicates()
			.allSatisfy((uuid) -> {
				assertThat(uuid.version()).isEqualTo(7);
				assertThat(uuid.variant()).isEqualTo(2);
				assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
			});
	}

	@Test
	void idsOfABlockPrecedeThoseAfterIt() {
		TimeOrderedIdGenerator ids = new TimeOrderedIdGenerator(InstantSource.fixed(NOW), new Random(1));
		MessageIdGenerator block = ids.block(3);
		Object after = ids.next();
		List<Object> all = List.of(block.next(), block.next(), block.next(), after);
		assertThat(all).isSortedAccordingTo(Comparator.comparing(Object::toString)).doesNotHaveDuplicates();
	}

	@Test
	void differBetweenClients() {
		TimeOrderedIdGenerator ids = new TimeOrderedIdGenerator(InstantSource.fixed(NOW), new Random(1));
		TimeOrderedIdGenerator others = new TimeOrderedIdGenerator(InstantSource.fixed(NOW), new Random(2));
		assertThat(ids.next()).isNotEqualTo(others.next());
	}

}
