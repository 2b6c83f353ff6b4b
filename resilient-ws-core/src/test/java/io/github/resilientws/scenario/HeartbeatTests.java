package io.github.resilientws.scenario;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;

import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.SlowPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Heartbeats through Netty.
 */
class HeartbeatTests extends HeartbeatContractTests {

	private static final int PING = 0x9;

	private static final int TICK_MILLIS = 25;

	@Test
	void beatsGoBetweenTheFragmentsOfAMessageThatTakesLongerThanAllTimeOuts() throws Exception {
		SlowPeer peer = new SlowPeer();
		RawServer server = this.scenario.use(peer.start(ServerSocketFactory.getDefault()));
		ResilientWebSocketClient client = this.scenario
			.connect(this.scenario.builder(URI.create("ws://127.0.0.1:" + server.port() + "/"))
				.heartbeat(Scenario::patient));
		ScheduledExecutorService line = Executors.newSingleThreadScheduledExecutor();
		this.scenario.use(line::shutdownNow);

		CompletableFuture<Delivery> sent = this.scenario.sends().send(client, "x".repeat(3 * 1024 * 1024));
		// half a megabyte per second
		line.scheduleAtFixedRate(() -> peer.allow(512 * 1024 * TICK_MILLIS / 1000), 0, TICK_MILLIS,
				TimeUnit.MILLISECONDS);

		await().atMost(Scenario.LIMIT.multipliedBy(3)).until(() -> !peer.messages().isEmpty());
		peer.allowAll();
		List<Integer> opcodes = peer.frames().stream().map(Frame::opcode).toList();
		assertThat(opcodes.subList(0, opcodes.lastIndexOf(0))).contains(PING);
		assertThat(peer.count(PING)).isGreaterThanOrEqualTo(2);
		assertThat(sent).succeedsWithin(Scenario.LIMIT);
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
	}

	@Test
	void answerThatIsNotUtf8EndsTheConnection() throws Exception {
		byte[] answer = "{\"type\":\"PONG\",\"from\":\"Z\u00fcrich\"}".getBytes(StandardCharsets.ISO_8859_1);
		RawServer server = this.scenario.use(new RawServer((peer) -> {
			peer.accept();
			peer.read();
			peer.raw(Peer.frame(0x81, answer));
			peer.awaitEnd();
		}));
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.heartbeat((heartbeat) -> Scenario.patient(heartbeat)
				.withMode(Mode.TEXT)
				.withText("{\"type\":\"PING\"}", "/type = PONG")));

		assertThat(client.probe()).failsWithin(Scenario.LIMIT);
		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().lines().contains("Disconnected Closed 1007"));
	}

}
