package io.github.resilientws.endurance;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server acknowledges a million messages that were never sent.
 */
@Tag("delivery")
class UnknownAcknowledgementsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final int BATCH = 10_000;

	private static final long MEGABYTE = 1024 * 1024;

	@Test
	@Timeout(600)
	void leaveNothingBehind() throws Exception {
		try (TestWebSocketServer server = TestWebSocketServer.start()) {
			ResilientWebSocketClient client = ResilientWebSocketClient.builder("patient", server.url())
				.delivery((delivery) -> delivery.atLeastOnce().withAckTimeout(LIMIT))
				.build();
			assertThat(client.connect()).succeedsWithin(LIMIT);
			server.acknowledge().then((peer, copy) -> peer.push(withUnknown(copy.id(), copy.acknowledgement())));
			send(client, 10);
			long before = Footprint.heapInUse();

			send(client, 100);

			long after = Footprint.heapInUse();
			System.out.printf("heap in use: %d KB before, %d KB after%n", before / 1024, after / 1024);
			assertThat(after - before).isLessThan(2 * MEGABYTE);
			assertThat(client.getStatistics().getQueueSize()).isZero();
			assertThat(client.getStatistics().getMessagesReceived()).isZero();
			assertThat(client.getStatistics().getMessagesResent()).isZero();
			assertThat(client.disconnect()).succeedsWithin(LIMIT);
		}
	}

	// one at a time: the last acknowledgement of a batch is the known one
	private static void send(ResilientWebSocketClient client, int messages) {
		for (int i = 0; i < messages; i++) {
			assertThat(client.send("message " + i)).succeedsWithin(LIMIT).extracting(Delivery::attempts).isEqualTo(1);
		}
	}

	private static List<String> withUnknown(String id, String known) {
		Stream<String> unknown = IntStream.range(0, BATCH)
			.mapToObj((i) -> "{\"type\":\"ack\",\"messageId\":\"" + id + "-" + i + "\"}");
		return Stream.concat(unknown, Stream.of(known)).toList();
	}

}
