package io.github.resilientws.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Attempts that never get an answer.
 */
class UnreachableServerTests {

	private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(300);

	private static final Duration BOUND = Duration.ofSeconds(1).plus(Scenario.SLACK);

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@Test
	void unknownHostIsRetried() {
		ResilientWebSocketClient client = this.scenario
			.dial(this.scenario.builder(URI.create("ws://no-such-host.invalid/")).connectTimeout(Scenario.SLACK));

		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().scheduled().size() >= 2);
		assertThat(client.getStatus().lastCause()).isInstanceOf(ConnectFailed.class);
		assertThat(this.scenario.events().lines()).startsWith("Connecting 1", "Scheduled 2 PT0.1S", "Connecting 2");
	}

	@Test
	void blackHoledConnectEndsWithTheConnectTimeout() throws Exception {
		try (ServerSocket blackHole = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket first = new Socket();
				Socket second = new Socket();
				Socket third = new Socket()) {
			for (Socket socket : new Socket[] { first, second, third }) {
				connectIfPossible(socket, blackHole);
			}
			assertTimesOut(URI.create("ws://127.0.0.1:" + blackHole.getLocalPort() + "/"));
		}
	}

	@Test
	void hangingHandshakeEndsWithTheConnectTimeout() {
		TestWebSocketServer server = this.scenario.server().always().hang();

		assertTimesOut(server.url());

		server.seen().awaitHandshakes(1, Scenario.LIMIT);
	}

	private void assertTimesOut(URI url) {
		ResilientWebSocketClient client = this.scenario
			.dial(this.scenario.builder(url).connectTimeout(CONNECT_TIMEOUT));

		await().atMost(BOUND).until(() -> !this.scenario.events().scheduled().isEmpty());
		assertThat(client.getStatus().lastCause()).isInstanceOfSatisfying(ConnectFailed.class,
				(failed) -> assertThat(failed.failure()).isInstanceOf(TimeoutException.class));
		assertThat(this.scenario.events().lines()).startsWith("Connecting 1", "Scheduled 2 PT0.1S");
	}

	// Linux takes one connection more than the backlog says, and lets the others wait.
	private static void connectIfPossible(Socket socket, ServerSocket blackHole) {
		try {
			socket.connect(new InetSocketAddress("127.0.0.1", blackHole.getLocalPort()), 100);
		}
		catch (IOException ex) {
			assertThat(ex).isInstanceOf(SocketTimeoutException.class);
		}
	}

}
