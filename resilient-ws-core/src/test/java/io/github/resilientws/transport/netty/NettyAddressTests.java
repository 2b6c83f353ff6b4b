package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that are unusual, and names with several addresses, one of which does not work.
 */
@Timeout(30)
class NettyAddressTests {

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private final List<String> hosts = new CopyOnWriteArrayList<>();

	private final NettyWebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(this::resolve), true);

	private final TransportHarness client = new TransportHarness(this.transport);

	private volatile String[] addresses = { "127.0.0.1" };

	private InetAddress[] resolve(String host) throws UnknownHostException {
		this.asked.add(host);
		InetAddress[] result = new InetAddress[this.addresses.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = InetAddress.getByName(this.addresses[i]);
		}
		return result;
	}

	@AfterEach
	void close() throws Exception {
		this.client.close();
		this.transport.close();
	}

	@ParameterizedTest
	@CsvSource({ "my_host,my_host,my_host", "m\u00fcnchen.example,xn--mnchen-3ya.example,xn--mnchen-3ya.example",
			"[fe80::1%eth0],fe80::1%eth0,[fe80::1]", "[fe80::1%25eth0],fe80::1%eth0,[fe80::1]" })
	void unusualHostsAreReached(String host, String lookedUp, String sent) throws Exception {
		RawServer server = this.client.server(this::accept);
		this.client.connect(URI.create("ws://" + host + ":" + server.port() + "/"));
		this.client.awaitSignal("open");
		assertThat(this.asked).containsExactly(lookedUp);
		// the server records it after its answer
		TransportHarness.await()
			.untilAsserted(() -> assertThat(this.hosts).containsExactly(sent + ":" + server.port()));
	}

	// a server of the JDK refuses the name, others take it
	@Test
	void serverReceivesANameWithUnderscore() throws Exception {
		CompletableFuture<String> hello = new CompletableFuture<>();
		RawServer server = this.client.server((peer) -> {
			byte[] start = new byte[1024];
			int length = peer.in().read(start);
			hello.complete(new String(start, 0, length, StandardCharsets.ISO_8859_1));
		});
		this.client.connect(URI.create("wss://my_host.test:" + server.port() + "/"));
		assertThat(hello.get(5, TimeUnit.SECONDS)).contains("my_host.test");
	}

	@ParameterizedTest
	@EnumSource
	void nextAttemptBeginsWithTheNextAddress(Failure failure) throws Exception {
		try (RawServer bad = new RawServer(new Bound("127.0.0.2", 0), failure.script);
				RawServer good = new RawServer(new Bound("127.0.0.3", bad.port()), this::accept)) {
			this.addresses = new String[] { "127.0.0.2", "127.0.0.3" };
			ResilientWebSocketClient whole = client(this.transport, "ws://server.test:" + bad.port());
			try {
				whole.connect();
				assertThat(whole.awaitReady(Duration.ofSeconds(10))).isTrue();
				assertThat(this.asked).hasSize(2);
				assertThat(good.port()).isEqualTo(bad.port());
			}
			finally {
				whole.disconnect().join();
			}
		}
	}

	@Test
	void everyAddressHasItsTurnAndTheOneThatWorksIsKept() throws Exception {
		List<String> tried = new CopyOnWriteArrayList<>();
		RawServer.Script refuse = (peer) -> {
			tried.add(peer.socket().getLocalAddress().getHostAddress());
			Failure.UNAVAILABLE.script.run(peer);
		};
		RawServer.Script once = (peer) -> {
			tried.add(peer.socket().getLocalAddress().getHostAddress());
			peer.accept();
			TransportHarness.await().until(() -> tried.size() >= 3);
			if (tried.size() == 3) {
				peer.raw(Peer.close(1001, ""));
			}
			peer.awaitEnd();
		};
		try (RawServer first = new RawServer(new Bound("127.0.0.2", 0), refuse);
				RawServer second = new RawServer(new Bound("127.0.0.3", first.port()), refuse);
				RawServer third = new RawServer(new Bound("127.0.0.4", first.port()), once)) {
			this.addresses = new String[] { "127.0.0.2", "127.0.0.3", "127.0.0.4" };
			ResilientWebSocketClient whole = client(this.transport, "ws://server.test:" + third.port());
			try {
				whole.connect();
				TransportHarness.await().until(() -> tried.size() == 4);
				assertThat(tried).containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.4");
				assertThat(second.port()).isEqualTo(first.port());
			}
			finally {
				whole.disconnect().join();
			}
		}
	}

	private static ResilientWebSocketClient client(WebSocketTransport transport, String url) {
		return ResilientWebSocketClient.builder("addresses", URI.create(url))
			.component(WebSocketTransport.class, transport)
			.connectTimeout(Duration.ofMillis(800))
			.closeTimeout(Duration.ofMillis(100))
			.reconnect((builtIn) -> builtIn.withBackOff(Duration.ofMillis(100), 1, Duration.ofMillis(100)))
			.build();
	}

	private void accept(Peer peer) throws Exception {
		peer.accept();
		this.hosts.add(peer.headers().get("Host"));
		peer.awaitEnd();
	}

	/** What a server does after it took the connection. */
	enum Failure {

		SILENT(Peer::awaitEnd),

		CLOSES((peer) -> {
		}),

		RESETS((peer) -> {
			// before that the client may not have noticed that it is connected
			peer.in().read();
			peer.reset();
		}),

		UNAVAILABLE((peer) -> {
			peer.readRequest();
			peer.raw("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n".getBytes());
			peer.awaitEnd();
		}),

		NO_HTTP((peer) -> peer.raw("220 mail ESMTP\r\n\r\n".getBytes()));

		private final RawServer.Script script;

		Failure(RawServer.Script script) {
			this.script = script;
		}

	}

	/** Listens on an address and a port of its own. */
	private static final class Bound extends ServerSocketFactory {

		private final String address;

		private final int port;

		Bound(String address, int port) {
			this.address = address;
			this.port = port;
		}

		@Override
		public ServerSocket createServerSocket(int ignored) throws IOException {
			return new ServerSocket(this.port, 50, InetAddress.getByName(this.address));
		}

		@Override
		public ServerSocket createServerSocket(int ignored, int backlog) throws IOException {
			return createServerSocket(ignored);
		}

		@Override
		public ServerSocket createServerSocket(int ignored, int backlog, InetAddress given) throws IOException {
			return createServerSocket(ignored);
		}

	}

}
