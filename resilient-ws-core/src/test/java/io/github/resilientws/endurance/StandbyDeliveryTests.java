package io.github.resilientws.endurance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.resilientws.endurance.SharedHistory.Message;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The futures of 10,000 messages that JVMs send which do not own the line. Run by
 * {@code .ci/run}.
 */
@Tag("cluster")
class StandbyDeliveryTests {

	// a look each second, and the statement
	private static final Duration AT_MOST = Duration.ofMillis(1500).plus(SharedLine.SLACK);

	@TempDir
	Path directory;

	@Test
	@Timeout(200)
	void eachFutureCompletesSoonWithTheRightResult() throws Exception {
		try (SharedLine line = new SharedLine(this.directory)) {
			line.start("owner");
			line.awaitOwner();
			List<String> standby = List.of("b", "c");
			for (String instance : standby) {
				line.start(instance);
			}
			for (String instance : standby) {
				line.process(instance).write("burst 5000");
			}
			for (String instance : standby) {
				line.awaitAnswers(instance, 1);
			}
			SharedHistory history = line.finish();

			line.assertClean(history, 0);
			assertThat(line.handshakes()).hasSize(1);
			assertThat(history.messages()).hasSizeBetween(10_000, 10_500);
			for (Message message : history.messages()) {
				assertResult(message, history.arrival(message.id));
			}
		}
	}

	private static void assertResult(Message message, Long arrival) {
		int number = message.id.endsWith("-again") ? -1
				: Integer.parseInt(message.id.substring(message.id.lastIndexOf('-') + 1)) % 20;
		String expected = switch (number) {
			case -1 -> "REJECTED";
			case 10 -> (arrival != null) ? null : "EXPIRED";
			case 15 -> "ROLLED_BACK";
			default -> null;
		};
		assertThat(message.completed).as(message.id).isNotZero();
		assertThat(message.failure).as(message.id).isEqualTo(expected);
		if (arrival != null) {
			assertThat(Duration.ofNanos(message.completed - arrival)).as(message.id).isBetween(Duration.ZERO, AT_MOST);
		}
	}

}
