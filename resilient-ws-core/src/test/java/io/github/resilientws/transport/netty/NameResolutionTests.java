package io.github.resilientws.transport.netty;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole client whose server has a name.
 */
@Timeout(30)
class NameResolutionTests {

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final List<DisconnectCause> causes = new CopyOnWriteArrayList<>();

	private volatile @Nullable String address;

	private final Logger logger = (Logger) LoggerFactory.getLogger(ResilientWebSocketClient.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.appender.list = new CopyOnWriteArrayList<>();
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void stopBlocking() {
		this.logger.detachAppender(this.appender);
	}

	@Test
	void everyAttemptAsksAgainAndAChangedAddressIsFound() throws Exception {
		List<Peer> peers = new CopyOnWriteArrayList<>();
		try (RawServer server = new RawServer((peer) -> {
			peer.accept();
			peers.add(peer);
			peer.awaitEnd();
		}); WebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(this::resolve), true)) {
			ResilientWebSocketClient client = client(transport, server.port());
			client.connect();
			TransportHarness.await().until(() -> this.asked.size() >= 3);
			assertThat(this.causes).isNotEmpty().allSatisfy((cause) -> {
				assertThat(((ConnectFailed) cause).failure()).isInstanceOf(UnknownHostException.class);
				assertThat(cause.describe()).isEqualTo("unknown host");
			});
			// no server listens there: the name still has the former address of the
			// server
			this.address = "127.0.0.2";
			TransportHarness.await()
				.until(() -> this.causes.stream().anyMatch((cause) -> cause.describe().equals("connection refused")));
			this.address = "127.0.0.1";
			client.awaitReady(Duration.ofSeconds(10));
			TransportHarness.await().until(() -> peers.size() == 1);
			int before = this.asked.size();
			peers.get(0).reset();
			TransportHarness.await().until(() -> peers.size() == 2);
			assertThat(this.asked).hasSize(before + 1).containsOnly("server.test");
			client.disconnect().join();
			assertThat(this.appender.list)
				.filteredOn((event) -> event.getFormattedMessage()
					.contains("[dns] credentials go unencrypted over the network to server.test"))
				.hasSize(1);
			assertThat(this.appender.list).noneMatch((event) -> event.getFormattedMessage().contains("s3cret"));
		}
	}

	private ResilientWebSocketClient client(WebSocketTransport transport, int port) {
		return ResilientWebSocketClient.builder("dns", URI.create("ws://server.test:" + port))
			.component(WebSocketTransport.class, transport)
			.header("Authorization", "Bearer s3cret")
			.reconnect((builtIn) -> builtIn.withBackOff(Duration.ofMillis(100), 1, Duration.ofMillis(100)))
			.observer(new ClientObserver() {

				@Override
				public void reconnectScheduled(String client, int attempt, Duration delay, DisconnectCause cause) {
					NameResolutionTests.this.causes.add(cause);
				}

			})
			.build();
	}

	private InetAddress[] resolve(String host) throws UnknownHostException {
		this.asked.add(host);
		String present = this.address;
		if (present == null) {
			throw new UnknownHostException(host);
		}
		return InetAddress.getAllByName(present);
	}

}
