package io.github.resilientws.endurance;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The JVM of a client is stopped for ten seconds, with a heartbeat of 2 s and a time-out
 * of 1 s.
 */
@Tag("endurance")
class PausedProcessTests {

	private static final Duration PAUSE = Duration.ofSeconds(10);

	// some beats long
	private static final Duration AFTERWARDS = Duration.ofSeconds(7);

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@ParameterizedTest
	@EnumSource
	@Timeout(120)
	void pauseCostsAtMostOneReconnect(Peer peer) throws Exception {
		ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
		try (TestWebSocketServer server = TestWebSocketServer.start();
				JvmProcess client = JvmProcess.start(PausedClient.class, server.url().toString())) {
			server.seen().awaitConnections(1, LIMIT);
			server.seen().awaitReceived(Kind.PING, 2, LIMIT);
			switch (peer) {
				case TALKS ->
					ticker.scheduleAtFixedRate(() -> server.open().push("tick"), 0, 200, TimeUnit.MILLISECONDS);
				case ONLY_ANSWERS -> {
				}
				case KICKS_THE_SILENT -> server.kickAfterSilence(Duration.ofSeconds(6), 1001);
			}

			client.signal("STOP");
			await().pollDelay(PAUSE).atMost(LIMIT).until(() -> true);
			client.signal("CONT");
			await().pollDelay(AFTERWARDS).atMost(LIMIT).until(() -> true);

			List<String> lines = client.lines();
			System.out.println("stopped for " + PAUSE + ", the peer " + peer + ": " + lines);
			int reconnects = Collections.frequency(lines, "connecting") - 1;
			assertThat(reconnects).isBetween((peer == Peer.KICKS_THE_SILENT) ? 1 : 0, 1);
			assertThat(Collections.frequency(lines, "missed")).isLessThanOrEqualTo(1);
			assertThat(Collections.frequency(lines, "ready")).isEqualTo(reconnects + 1);
			assertThat(server.seen().accepted()).isEqualTo(reconnects + 1);
			assertThat(server.seen().connectionCount()).isEqualTo(1);
		}
		finally {
			ticker.shutdownNow();
		}
	}

	/** What the server does meanwhile. */
	enum Peer {

		TALKS, ONLY_ANSWERS, KICKS_THE_SILENT

	}

}
