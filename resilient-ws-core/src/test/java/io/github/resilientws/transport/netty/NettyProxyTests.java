package io.github.resilientws.transport.netty;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.WebSocketProxyException;
import io.github.resilientws.WebSocketProxyException.Problem;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.ProxySettings.Type;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.transport.ClosedPort;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.Pki;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TestProxy;
import io.github.resilientws.transport.TransportHarness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link NettyWebSocketTransport} through proxies.
 */
@Timeout(30)
class NettyProxyTests {

	// only the proxy can resolve it
	private static final String HOST = "server.test";

	// names and addresses of proxies on this machine
	private static final List<String> PROXIES = List.of("127.0.0.1", "xn--mnchen-3ya.test", "fe80::1%eth0");

	private static X509Bundle authority;

	private static X509Bundle certificate;

	private final CompletableFuture<Map<String, String>> headers = new CompletableFuture<>();

	private NettyWebSocketTransport transport;

	private TransportHarness client;

	@BeforeAll
	static void createCertificates() throws Exception {
		authority = Pki.authority("ours");
		certificate = Pki.certificate(HOST).buildIssuedBy(authority);
	}

	@BeforeEach
	void createClient() throws Exception {
		this.transport = new NettyWebSocketTransport(new NameLookups(NettyProxyTests::resolve), true, IoModel.best());
		this.client = new TransportHarness(this.transport);
		this.client.tls = TlsSettings.of(Pki.context(null, authority.getCertificate()));
	}

	@AfterEach
	void close() throws Exception {
		this.client.close();
		this.transport.close();
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, ws, false", "HTTP, ws, true", "HTTP, wss, false", "HTTP, wss, true", "SOCKS5, ws, false",
			"SOCKS5, ws, true", "SOCKS5, wss, false", "SOCKS5, wss, true" })
	void messagesPass(Type type, String scheme, boolean credentials) throws Exception {
		this.client.headers = Map.of("Authorization", "Bearer t");
		try (RawServer server = server(scheme); TestProxy proxy = new TestProxy(type, server.port())) {
			String user = (type == Type.HTTP) ? "jürgen" : "juergen";
			proxy.credentials = credentials ? user + ":pass:word" : "";
			this.client.proxy = credentials ? proxy.settings().withCredentials(user, "pass:word") : proxy.settings();
			this.client.maxFrameSize = 300_000;
			this.client.connect(url(scheme, HOST));
			this.client.awaitSignal("text first");
			this.client.write(TransportHarness.text("hello"), TransportHarness.binary(new byte[300_000]));
			this.client.awaitSignal("binary 300000");
			assertThat(this.client.listener.signals).containsExactly("open", "text first", "text hello",
					"binary 300000");
			assertThat(proxy.targets).containsExactly(HOST + ":4711");
			assertThat(this.headers.join()).containsEntry("Authorization", "Bearer t")
				.containsEntry("Host", HOST + ":4711")
				.doesNotContainKey("Proxy-Authorization");
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, 10.1.2.3, 10.1.2.3:4711", "SOCKS5, 10.1.2.3, 10.1.2.3:4711", "HTTP, [fe00::1], [fe00::1]:4711",
			"SOCKS5, [fe00::1], fe00:0:0:0:0:0:0:1:4711" })
	void addressIsPassedOn(Type type, String host, String target) throws Exception {
		try (RawServer server = server("ws"); TestProxy proxy = new TestProxy(type, server.port())) {
			this.client.proxy = proxy.settings();
			this.client.connect(url("ws", host));
			this.client.awaitSignal("open");
			assertThat(proxy.targets).containsExactly(target);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "m\u00fcnchen.test", "fe80::1%eth0", "fe80::1%25eth0" })
	void hostOfTheProxyMayBeInternationalisedOrHaveAZone(String host) throws Exception {
		try (RawServer server = server("ws"); TestProxy proxy = new TestProxy(Type.HTTP, server.port())) {
			this.client.proxy = proxy.settings().withHost(host);
			this.client.connect(url("ws", HOST));
			this.client.awaitSignal("open");
		}
	}

	@Test
	void socksProxyThatWantsNoCredentialsGetsNone() throws Exception {
		try (RawServer server = server("ws"); TestProxy proxy = new TestProxy(Type.SOCKS5, server.port())) {
			this.client.proxy = proxy.settings().withCredentials("user", "password");
			this.client.connect(url("ws", HOST));
			this.client.awaitSignal("open");
			assertThat(proxy.targets).containsExactly(HOST + ":4711");
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, ws, true, 407", "HTTP, wss, false, 407", "SOCKS5, ws, true, 0", "SOCKS5, wss, false, 0" })
	void wrongOrMissingCredentialsAreNamed(Type type, String scheme, boolean given, int status) throws Exception {
		try (RawServer server = server(scheme); TestProxy proxy = new TestProxy(type, server.port())) {
			proxy.credentials = "user:right";
			this.client.proxy = given ? proxy.settings().withCredentials("user", "wr0ng") : proxy.settings();
			this.client.connect(url(scheme, HOST));
			WebSocketProxyException failure = awaitFailure();
			assertThat(failure.getProblem()).isEqualTo(Problem.UNAUTHORIZED);
			assertThat(failure.getStatus()).isEqualTo(status);
			assertThat(failure).hasNoCause();
			assertThat(failure.toString()).doesNotContain("user", "wr0ng", "\u001b");
			assertThat(proxy.targets).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "403, ws", "502, wss", "302, ws", "101, ws" })
	void refusalOfAnHttpProxyIsNotTheServers(int status, String scheme) throws Exception {
		connectThrough(Type.HTTP, scheme, (peer) -> {
			peer.readRequest();
			peer.raw(("HTTP/1.1 " + status + " Evil\u001b[0m\r\nLocation: /?s3cret\r\nContent-Length: 0\r\n\r\n")
				.getBytes());
			peer.awaitEnd();
		});
		WebSocketProxyException failure = awaitFailure();
		assertThat(failure.getProblem()).isEqualTo(Problem.REFUSED);
		assertThat(failure.getStatus()).isEqualTo(status);
		assertThat(failure.toString()).doesNotContain("s3cret", "\u001b", "Evil");
		assertThat(this.client.listener.causes.get(0).describe())
			.isEqualTo("proxy refused the way to the server (status " + status + ")");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 202 Accepted\r\n\r\n", "HTTP/1.1 204 A\r\n\r\n",
			"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 200\r\n\r\n",
			"HTTP/1.1 103 A\r\nX: y\r\n\r\nHTTP/1.1 100 B\r\n\r\nHTTP/1.1 299 C\r\nContent-Length: 9\r\n\r\n",
			"HTTP/1.1 201 A\r\nTransfer-Encoding: chunked\r\n\r\n" })
	void anySuccessOfAnHttpProxyOpensTheTunnel(String answer) throws Exception {
		CompletableFuture<List<String>> request = new CompletableFuture<>();
		connectThrough(Type.HTTP, "ws", (peer) -> {
			List<String> lines = new ArrayList<>();
			for (String line = peer.in().readLine(); !line.isEmpty(); line = peer.in().readLine()) {
				lines.add(line);
			}
			request.complete(lines);
			peer.raw(answer.getBytes());
			String switching = peer.switching();
			peer.raw(switching.getBytes(), Peer.text("first"));
			peer.raw(Peer.text(peer.read().text()));
			peer.awaitEnd();
		});
		this.client.awaitSignal("text first");
		this.client.write(TransportHarness.text("hello"));
		this.client.awaitSignal("text hello");
		assertThat(request.get()).containsExactly("CONNECT " + HOST + ":4711 HTTP/1.1", "Host: " + HOST + ":4711");
	}

	@Test
	void bytesBehindTheAnswerOfTheProxyAreThoseOfTheServer() throws Exception {
		connectThrough(Type.HTTP, "ws", (peer) -> {
			peer.readRequest();
			peer.raw("HTTP/1.1 100 A\r\n\r\nHTTP/1.1 202 A\r\n\r\nHTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
				.getBytes());
			peer.awaitEnd();
		});
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(HandshakeRefused.class,
				(refused) -> assertThat(refused.status()).isEqualTo(403));
	}

	@Test
	void endlessInterimAnswersAreGivenUpInTime() throws Exception {
		this.client.connectTimeout = Duration.ofMillis(500);
		connectThrough(Type.HTTP, "ws", (peer) -> {
			peer.readRequest();
			while (!Thread.interrupted()) {
				peer.raw("HTTP/1.1 100 Continue\r\n\r\n".repeat(100).getBytes());
			}
		});
		assertThat(awaitFailure().getProblem()).isEqualTo(Problem.TIMED_OUT);
	}

	@Test
	void refusalOfASocksProxyIsNamed() throws Exception {
		connectThrough(Type.SOCKS5, "wss", (peer) -> {
			peer.in().readFully(new byte[3]);
			peer.raw(new byte[] { 5, 0 });
			peer.in().readFully(new byte[4]);
			peer.raw(new byte[] { 5, 5, 0, 1, 0, 0, 0, 0, 0, 0 });
			peer.awaitEnd();
		});
		WebSocketProxyException failure = awaitFailure();
		assertThat(failure.getProblem()).isEqualTo(Problem.REFUSED);
		assertThat(failure.getStatus()).isEqualTo(5);
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP", "SOCKS5" })
	void hangingProxyIsGivenUpInTime(Type type) throws Exception {
		this.client.connectTimeout = Duration.ofMillis(500);
		connectThrough(type, "wss", Peer::awaitEnd);
		assertThat(awaitFailure().getProblem()).isEqualTo(Problem.TIMED_OUT);
	}

	@Test
	void endlessHeadersAreGivenUpInTime() throws Exception {
		this.client.connectTimeout = Duration.ofMillis(500);
		connectThrough(Type.HTTP, "ws", (peer) -> {
			peer.readRequest();
			peer.raw("HTTP/1.1 200 OK\r\n".getBytes());
			while (!Thread.interrupted()) {
				peer.raw("X-More: and more and more\r\n".repeat(100).getBytes());
			}
		});
		assertThat(awaitFailure().getProblem()).isIn(Problem.TIMED_OUT, Problem.MALFORMED);
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, ''", "HTTP, HTTP/1.1 2", "HTTP, HTTP/1.1 200 OK", "SOCKS5, ''" })
	void proxyThatHangsUpIsNamed(Type type, String answer) throws Exception {
		connectThrough(type, "ws", (peer) -> {
			peer.in().readByte();
			peer.raw(answer.getBytes());
			peer.socket().shutdownOutput();
			peer.awaitEnd();
		});
		assertThat(awaitFailure().getProblem()).isIn(Problem.CLOSED, Problem.MALFORMED);
	}

	@ParameterizedTest
	@CsvSource({ "HTTP", "SOCKS5" })
	void proxyThatResetsIsNamed(Type type) throws Exception {
		connectThrough(type, "wss", (peer) -> {
			peer.in().readByte();
			peer.reset();
		});
		assertThat(awaitFailure().getProblem()).isEqualTo(Problem.CLOSED);
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP", "SOCKS5" })
	void garbageIsNamed(Type type) throws Exception {
		connectThrough(type, "ws", (peer) -> {
			peer.in().readByte();
			peer.raw("SSH-2.0-OpenSSH_9.6\r\n\r\n".getBytes());
			peer.awaitEnd();
		});
		// Netty reports a SOCKS answer that it cannot read as one that accepts no
		// credentials
		assertThat(awaitFailure().getProblem())
			.isEqualTo((type == Type.HTTP) ? Problem.MALFORMED : Problem.UNAUTHORIZED);
	}

	@Test
	void unreachableProxyIsNamed() throws Exception {
		try (ClosedPort port = new ClosedPort()) {
			this.client.proxy = ProxySettings.http("127.0.0.1", port.number());
			this.client.connect(url("ws", HOST));
			assertThat(awaitFailure().getProblem()).isEqualTo(Problem.UNREACHABLE);
		}
		assertThat(this.client.listener.causes.get(0).describe()).isEqualTo("proxy unreachable: connection refused");
	}

	@Test
	void unknownProxyIsNamed() throws Exception {
		this.client.proxy = ProxySettings.socks5("nowhere.test", 1080);
		this.client.connect(url("ws", HOST));
		assertThat(awaitFailure()).hasCauseInstanceOf(UnknownHostException.class)
			.extracting(WebSocketProxyException::getProblem)
			.isEqualTo(Problem.UNREACHABLE);
	}

	@Test
	void refusalOfTheServerBehindTheProxyIsTheServers() throws Exception {
		try (RawServer server = new RawServer((peer) -> {
			peer.readRequest();
			peer.raw("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n".getBytes());
		}); TestProxy proxy = new TestProxy(Type.HTTP, server.port())) {
			this.client.proxy = proxy.settings();
			this.client.connect(url("ws", HOST));
			assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(HandshakeRefused.class,
					(refused) -> assertThat(refused.status()).isEqualTo(407));
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, ws", "HTTP, wss", "SOCKS5, ws", "SOCKS5, wss" })
	void proxyThatDiesInMidStreamIs1006(Type type, String scheme) throws Exception {
		try (RawServer server = server(scheme); TestProxy proxy = new TestProxy(type, server.port())) {
			this.client.proxy = proxy.settings();
			this.client.connect(url(scheme, HOST));
			this.client.awaitSignal("text first");
			proxy.dropTunnels();
			assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(Closed.class,
					(closed) -> assertThat(closed.code()).isEqualTo(1006));
		}
	}

	@Test
	void hostBehindTheProxyIsChecked() throws Exception {
		try (RawServer server = server("wss"); TestProxy proxy = new TestProxy(Type.HTTP, server.port())) {
			this.client.proxy = proxy.settings();
			this.client.connect(url("wss", "other.test"));
			assertThat(this.client.awaitEnd().describe()).endsWith("certificate for another host");
		}
	}

	private void connectThrough(Type type, String scheme, RawServer.Script script) throws Exception {
		this.client.proxy = new ProxySettings(type, "127.0.0.1", this.client.server(script).port(), "", "");
		this.client.connect(url(scheme, HOST));
	}

	private WebSocketProxyException awaitFailure() {
		DisconnectCause cause = this.client.awaitEnd();
		assertThat(this.client.listener.signals).containsExactly("closed");
		return (WebSocketProxyException) ((ConnectFailed) cause).failure();
	}

	private RawServer server(String scheme) throws Exception {
		RawServer.Script script = (peer) -> {
			String answer = peer.switching();
			this.headers.complete(peer.headers());
			peer.raw(answer.getBytes(), Peer.text("first"));
			peer.raw(Peer.text(peer.read().text()), Peer.frame(0x82, peer.read().payload()));
			peer.awaitEnd();
		};
		return scheme.equals("wss") ? new RawServer(Pki.sockets(Pki.context(certificate), false), script)
				: new RawServer(script);
	}

	private static InetAddress[] resolve(String host) throws UnknownHostException {
		if (!PROXIES.contains(host)) {
			throw new UnknownHostException(host);
		}
		return InetAddress.getAllByName("127.0.0.1");
	}

	private static URI url(String scheme, String host) {
		return URI.create(scheme + "://" + host + ":4711/path?token=s3cret");
	}

}
