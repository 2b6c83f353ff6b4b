package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The text of a UUID in the middle of other bytes.
 */
class UuidTextTests {

	private static final int START = 3;

	static Stream<UUID> uuids() {
		Random random = new Random(1);
		return Stream.concat(
				Stream.of(new UUID(0, 0), new UUID(-1, -1), new UUID(0x0123456789ABCDEFL, 0x9A9A9A9AA0A0A0A0L)),
				Stream.generate(() -> new UUID(random.nextLong(), random.nextLong())).limit(20));
	}

	@ParameterizedTest
	@MethodSource("uuids")
	void textIsWritten(UUID uuid) {
		byte[] bytes = bytes("-".repeat(UuidText.LENGTH));

		UuidText.write(uuid, bytes, START);

		assertThat(bytes).asString(StandardCharsets.US_ASCII).isEqualTo("abc" + uuid + "d");
	}

	@ParameterizedTest
	@MethodSource("uuids")
	void textIsFound(UUID uuid) {
		assertThat(UuidText.isAt(bytes(uuid.toString()), START, uuid)).isTrue();
		assertThat(UuidText.isAt("abc" + uuid + "d", START, uuid)).isTrue();
	}

	@ParameterizedTest
	@MethodSource("uuids")
	void textWithAnyOtherCharacterIsNotFound(UUID uuid) {
		for (int i = 0; i < UuidText.LENGTH; i++) {
			byte[] bytes = bytes(uuid.toString());
			bytes[START + i] ^= 1;

			assertThat(UuidText.isAt(bytes, START, uuid)).as("byte %d", i).isFalse();
			assertThat(UuidText.isAt(new String(bytes, StandardCharsets.US_ASCII), START, uuid)).as("character %d", i)
				.isFalse();
		}
	}

	private static byte[] bytes(String text) {
		return ("abc" + text + "d").getBytes(StandardCharsets.US_ASCII);
	}

}
