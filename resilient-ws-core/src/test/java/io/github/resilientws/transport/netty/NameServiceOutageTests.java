package io.github.resilientws.transport.netty;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.transport.HeldResolver;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An outage of the name service, which clients that are connected must not notice.
 */
@Timeout(60)
class NameServiceOutageTests {

	private static final int CLIENTS = 100;

	private static final int MESSAGES = 50;

	// without a limit of the attempts, so that all look-ups hang together
	private static final Duration LONG = Duration.ofSeconds(30);

	private final HeldResolver outage = new HeldResolver();

	// when the listener of the healthy client had a message, by its number
	private final Map<String, Long> heard = new ConcurrentHashMap<>();

	@Test
	void listenersOfAHealthyClientHearEveryMessageInTime() throws Exception {
		try (RawServer server = new RawServer(NameServiceOutageTests::echo);
				WebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(this.outage), true);
				ClientRuntime runtime = ClientRuntime.create(64, false, transport)) {
			ResilientWebSocketClient healthy = runtime.builder("healthy")
				.urls(List.of(server.url()))
				.listener((message) -> this.heard.put(message.text(), System.nanoTime()))
				.build();
			assertThat(healthy.connect()).succeedsWithin(Duration.ofSeconds(10));
			// the first messages load classes
			for (int i = -MESSAGES; i < 0; i++) {
				echo(healthy, i);
			}
			List<ResilientWebSocketClient> stranded = IntStream.range(0, CLIENTS)
				.mapToObj((i) -> stranded(runtime, i))
				.toList();
			stranded.forEach(ResilientWebSocketClient::connect);
			TransportHarness.await()
				.until(() -> this.outage.asked.size() >= Math.min(CLIENTS, NameLookups.MAX_THREADS));
			for (int i = 0; i < MESSAGES; i++) {
				assertThat(echo(healthy, i)).isLessThan(100);
			}
			assertThat(this.outage.asked).hasSize(NameLookups.MAX_THREADS).doesNotHaveDuplicates();
			// attempts that are given up take no further thread
			stranded.forEach((client) -> client.disconnect().join());
			this.outage.release.countDown();
			healthy.disconnect().join();
			assertThat(this.outage.asked).hasSize(NameLookups.MAX_THREADS);
		}
		finally {
			this.outage.release.countDown();
		}
	}

	private long echo(ResilientWebSocketClient healthy, int i) {
		String number = String.valueOf(i);
		long sent = System.nanoTime();
		healthy.send(number);
		TransportHarness.await().until(() -> this.heard.containsKey(number));
		return TimeUnit.NANOSECONDS.toMillis(this.heard.get(number) - sent);
	}

	private static ResilientWebSocketClient stranded(ClientRuntime runtime, int number) {
		return runtime.builder("stranded-" + number)
			.urls(List.of(URI.create("ws://host-" + number + ".test/")))
			.connectTimeout(LONG)
			.listener((message) -> {
			})
			.build();
	}

	private static void echo(Peer peer) throws Exception {
		peer.accept();
		for (Frame frame = peer.read(); frame.opcode() != 8; frame = peer.read()) {
			peer.raw(Peer.text(frame.text()));
		}
	}

}
