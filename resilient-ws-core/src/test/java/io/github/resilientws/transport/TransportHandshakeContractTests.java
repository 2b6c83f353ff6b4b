package io.github.resilientws.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.transport.RawServer.Peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is written and read before a connection is open.
 */
abstract class TransportHandshakeContractTests extends AbstractTransportTests {

	@Test
	void requestHasTheCaseOfTheRfc() throws Exception {
		List<String> lines = requestLines();
		assertThat(lines.get(0)).isEqualTo("GET /path?query=1 HTTP/1.1");
		assertThat(lines)
			.contains("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", "X-Mine: a")
			.anyMatch((line) -> line.matches("Host: 127\\.0\\.0\\.1:\\d+"))
			.anyMatch((line) -> line.matches("Sec-WebSocket-Key: .{24}"))
			.anyMatch((line) -> line.matches("Sec-WebSocket-Protocol: chat, ?superchat"))
			.anyMatch((line) -> line.startsWith("Sec-WebSocket-Extensions: permessage-deflate"));
	}

	@Test
	void hostIsTheFirstHeader() throws Exception {
		assertThat(requestLines().get(1)).startsWith("Host: 127.0.0.1:");
	}

	private List<String> requestLines() throws Exception {
		CompletableFuture<List<String>> request = new CompletableFuture<>();
		this.client.headers = Map.of("X-Mine", "a");
		this.client.subprotocols = List.of("chat", "superchat");
		this.client.compression = true;
		this.client.connect((peer) -> {
			List<String> lines = new ArrayList<>();
			for (String line = peer.in().readLine(); !line.isEmpty(); line = peer.in().readLine()) {
				lines.add(line);
			}
			request.complete(lines);
		});
		return request.get(5, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
			"HTTP/1.1 199 A\r\nContent-Length: 5\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" })
	void interimAnswersAreSkipped(String interim) throws Exception {
		this.client.connect((peer) -> {
			String answer = peer.switching();
			peer.raw(interim.getBytes());
			peer.raw(interim.getBytes(), answer.getBytes(), Peer.text("a"));
			peer.awaitEnd();
		});
		this.client.awaitSignal("text a");
		assertThat(this.client.listener.signals).containsExactly("open", "text a");
	}

	@Test
	void refusalAfterAnInterimAnswerKeepsItsStatus() throws Exception {
		this.client.connect((peer) -> {
			peer.readRequest();
			peer.raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n".getBytes());
			peer.awaitEnd();
		});
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(HandshakeRefused.class,
				(refused) -> assertThat(refused.status()).isEqualTo(503));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void emptyListOfExtensionsIsNone(boolean compression) throws Exception {
		this.client.compression = compression;
		this.client.open((peer) -> {
			peer.accept("Sec-WebSocket-Extensions: \r\n");
			peer.raw(Peer.text("a"));
			peer.awaitEnd();
		});
		this.client.awaitSignal("text a");
	}

	@Test
	void headersOfTheAnswerArePassedOn() throws Exception {
		this.client.open((peer) -> {
			peer.accept("Set-Cookie: a=1\r\nX-Session: s\r\nset-cookie: b=2\r\n");
			peer.awaitEnd();
		});
		Map<String, List<String>> headers = this.client.listener.responseHeaders.get(0);
		assertThat(headers.get("set-cookie")).isEqualTo(headers.get("SET-COOKIE")).containsExactly("a=1", "b=2");
		assertThat(headers.get("x-session")).containsExactly("s");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> headers.put("a", List.of("b")));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> headers.get("set-cookie").add("c=3"));
	}

	@Test
	void internationalisedHostIsConverted() throws Exception {
		CompletableFuture<String> host = new CompletableFuture<>();
		RawServer server = this.client.server((peer) -> {
			peer.accept();
			host.complete(peer.headers().get("Host"));
			peer.awaitEnd();
		});
		// "localhost" in full-width letters
		this.client
			.connect(URI.create("ws://\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54:" + server.port() + "/"));
		this.client.awaitSignal("open");
		assertThat(host.get()).isEqualTo("localhost:" + server.port());
	}

	@ParameterizedTest
	@ValueSource(strings = { "%%", "%%25" })
	void zoneOfAnAddressIsNotSent(String percent) throws Exception {
		InetAddress loopback = InetAddress.getByName("::1");
		NetworkInterface device = NetworkInterface.getByInetAddress(loopback);
		Assumptions.assumeTrue(device != null, "this machine has no IPv6");
		CompletableFuture<String> host = new CompletableFuture<>();
		try (RawServer server = new RawServer(new LoopbackV6(loopback), (peer) -> {
			peer.accept();
			host.complete(peer.headers().get("Host"));
			peer.awaitEnd();
		})) {
			this.client
				.connect(URI.create(("ws://[::1" + percent + "%d]:%d/").formatted(device.getIndex(), server.port())));
			this.client.awaitSignal("open");
			assertThat(host.get()).isEqualTo("[::1]:" + server.port());
		}
	}

	/** Listens on the IPv6 address, whatever address it is given. */
	private static final class LoopbackV6 extends ServerSocketFactory {

		private final InetAddress address;

		LoopbackV6(InetAddress address) {
			this.address = address;
		}

		@Override
		public ServerSocket createServerSocket(int port) throws IOException {
			return createServerSocket(port, 50, this.address);
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog) throws IOException {
			return createServerSocket(port, backlog, this.address);
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog, InetAddress given) throws IOException {
			return new ServerSocket(port, backlog, this.address);
		}

	}

}
