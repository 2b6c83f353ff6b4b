package io.github.resilientws.endurance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * The wall clock of one of two JVMs is wrong by an hour. Needs the Debian package
 * {@code faketime}; run by {@code .ci/run}.
 */
@Tag("cluster")
class WrongClockTests {

	private static final List<Path> LIBRARIES = Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
		.map((platform) -> Path.of("/usr/lib", platform, "faketime/libfaketimeMT.so.1"))
		.toList();

	private static final Duration TTL = Duration.ofMinutes(1);

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "+1h", "-1h" })
	@Timeout(200)
	void messagesDoNotExpireEarlyAndTheLineStays(String offset) throws Exception {
		Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
		assumeThat(library).as("the package faketime is not installed").isNotNull();
		try (SharedLine line = new SharedLine(this.directory)) {
			line.start("right", "ttl=" + TTL);
			line.awaitOwner();
			line.start("wrong",
					Map.of("LD_PRELOAD", library.toString(), "FAKETIME", offset, "FAKETIME_DONT_FAKE_MONOTONIC", "1",
							"DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0"),
					"ttl=" + TTL);
			assertThat(Math.abs(Long.parseLong(line.ask("wrong", "date")) - System.currentTimeMillis()))
				.isGreaterThan(Duration.ofMinutes(59).toMillis());
			line.ask("right", "send 3 3");
			line.ask("wrong", "send 3 3");
			await("longer than a lease").pollDelay(SharedClient.LEASE.multipliedBy(2)).until(() -> true);
			assertThat(line.handshakes()).hasSize(1);

			line.process("right").kill();
			line.awaitOtherOwner("right", SharedLine.TAKE_OVER);
			line.ended("right");
			line.start("right2", "ttl=" + TTL);
			line.ask("right2", "send 3 3");
			await("longer than a lease").pollDelay(SharedClient.LEASE.multipliedBy(2)).until(() -> true);
			SharedHistory history = line.finish();

			line.assertClean(history, 1);
			assertThat(line.handshakes()).hasSize(2);
			assertThat(history.messages()).noneMatch((message) -> "EXPIRED".equals(message.failure));
		}
	}

}
