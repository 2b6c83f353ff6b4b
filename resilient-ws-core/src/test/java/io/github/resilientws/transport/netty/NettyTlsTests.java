package io.github.resilientws.transport.netty;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.net.ServerSocketFactory;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.Pki;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.TransportHarness.WriteResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * {@link NettyWebSocketTransport} over TLS.
 */
@Timeout(30)
class NettyTlsTests {

	private static X509Bundle authority;

	private static X509Bundle server;

	private static TlsSettings trusting;

	@BeforeAll
	static void createCertificates() throws Exception {
		authority = Pki.authority("ours");
		server = Pki.certificate("localhost").buildIssuedBy(authority);
		trusting = TlsSettings.of(Pki.context(null, authority.getCertificate()));
	}

	@Test
	void trustedCertificateCarriesMessages() throws Exception {
		try (RawServer server = server((peer) -> {
			peer.raw(peer.switching().getBytes(), Peer.text("first"));
			peer.raw(Peer.text(peer.read().text()), Peer.frame(0x82, peer.read().payload()), Peer.close(1001, "bye"));
			peer.awaitEnd();
		}); NettyWebSocketTransport transport = transport(); TransportHarness client = client(transport, trusting)) {
			client.maxFrameSize = 300_000;
			client.connect(url(server, "localhost"));
			client.awaitSignal("text first");
			client.write(TransportHarness.text("hello"), TransportHarness.binary(new byte[300_000]));
			assertThat(client.awaitEnd()).isEqualTo(new Closed(1001, "bye", true));
			assertThat(client.listener.signals).containsExactly("open", "text first", "text hello", "binary 300000",
					"closed");
			assertThat(client.results()).containsExactly(new WriteResult(2, 2, 2, null));
		}
	}

	@ParameterizedTest
	@CsvSource({ "TLSv1.2", "TLSv1.3" })
	void protocolAndCipherOfTheSettingsAreUsed(String protocol) throws Exception {
		String cipher = protocol.equals("TLSv1.3") ? "TLS_AES_256_GCM_SHA384"
				: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
		CompletableFuture<SSLSession> session = new CompletableFuture<>();
		TlsSettings settings = new TlsSettings(trusting.context(), List.of(protocol), List.of(cipher));
		try (RawServer server = server((peer) -> {
			peer.accept();
			session.complete(((SSLSocket) peer.socket()).getSession());
			peer.awaitEnd();
		}); NettyWebSocketTransport transport = transport(); TransportHarness client = client(transport, settings)) {
			client.connect(url(server, "localhost"));
			client.awaitSignal("open");
			assertThat(session.join().getProtocol()).isEqualTo(protocol);
			assertThat(session.join().getCipherSuite()).isEqualTo(cipher);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.1", "TLSv1", "SSLv3" })
	void brokenProtocolCannotBeEnabled(String protocol) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TlsSettings(trusting.context(), List.of("TLSv1.2", protocol), List.of()))
			.withMessageContaining("must not contain " + protocol);
	}

	@Test
	void serverReceivesTheName() throws Exception {
		CompletableFuture<List<SNIServerName>> names = new CompletableFuture<>();
		try (RawServer server = server((peer) -> {
			peer.accept();
			SSLSession session = ((SSLSocket) peer.socket()).getSession();
			names.complete(((ExtendedSSLSession) session).getRequestedServerNames());
			peer.awaitEnd();
		}); NettyWebSocketTransport transport = transport(); TransportHarness client = client(transport, trusting)) {
			client.connect(url(server, "localhost"));
			assertThat(names.join()).singleElement().asString().contains("localhost");
			client.awaitSignal("open");
		}
	}

	@Test
	void addressOfTheCertificateIsAccepted() throws Exception {
		X509Bundle own = Pki.certificate().addSanIpAddress("127.0.0.1").buildIssuedBy(authority);
		try (RawServer server = new RawServer(Pki.sockets(Pki.context(own), false), Peer::accept);
				NettyWebSocketTransport transport = transport();
				TransportHarness client = client(transport, trusting)) {
			client.connect(url(server, "127.0.0.1"));
			client.awaitSignal("open");
		}
	}

	@Test
	void otherAuthorityIsRefused() throws Exception {
		X509Bundle other = Pki.certificate("localhost").buildIssuedBy(Pki.authority("other"));
		assertThat(refused(other, trusting, "localhost").describe())
			.isEqualTo("certificate not trusted (unknown CA or self-signed)");
	}

	@Test
	void selfSignedCertificateIsRefused() throws Exception {
		X509Bundle selfSigned = Pki.selfSigned(Pki.certificate("localhost"));
		assertThat(refused(selfSigned, trusting, "localhost").describe()).contains("self-signed");
	}

	@Test
	void theJdksAuthoritiesAreTrustedWithoutSettings() throws Exception {
		assertThat(refused(server, null, "localhost").describe()).contains("unknown CA");
	}

	@Test
	void expiredCertificateIsRefused() throws Exception {
		X509Bundle expired = Pki.certificate("localhost")
			.notAfter(Instant.now().minus(Duration.ofHours(1)))
			.buildIssuedBy(authority);
		assertThat(refused(expired, trusting, "localhost").describe()).isEqualTo("certificate expired");
	}

	@Test
	void certificateOfTheFutureIsRefused() throws Exception {
		X509Bundle early = Pki.certificate("localhost")
			.notBefore(Instant.now().plus(Duration.ofHours(1)))
			.buildIssuedBy(authority);
		assertThat(refused(early, trusting, "localhost").describe()).endsWith("certificate not valid yet");
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "localhost" })
	void certificateOfAnotherHostIsRefused(String host) throws Exception {
		CertificateBuilder builder = Pki.certificate("example.com").addSanIpAddress("127.0.0.9");
		assertThat(refused(builder.buildIssuedBy(authority), trusting, host).describe())
			.isEqualTo("certificate for another host");
	}

	@Test
	void certificateWithoutAlternativeNamesIsRefusedForAnotherHost() throws Exception {
		assertThat(refused(Pki.certificate().buildIssuedBy(authority), trusting, "localhost").describe())
			.endsWith("certificate for another host");
	}

	@Test
	void hostIsCheckedWhateverTheTrustManagerSays() throws Exception {
		X509Bundle other = Pki.selfSigned(Pki.certificate("example.com"));
		for (TrustManager careless : CarelessTrust.managers()) {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { careless }, null);
			assertThat(refused(other, TlsSettings.of(context), "localhost").describe())
				.contains("certificate for another host");
			X509Bundle fitting = Pki.selfSigned(Pki.certificate("localhost"));
			try (RawServer server = new RawServer(Pki.sockets(Pki.context(fitting), false), Peer::accept);
					NettyWebSocketTransport transport = transport();
					TransportHarness client = client(transport, TlsSettings.of(context))) {
				client.connect(url(server, "localhost"));
				client.awaitSignal("open");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void clientCertificateIsShown(String protocol) throws Exception {
		X509Bundle own = Pki.certificate("client").addExtendedKeyUsageClientAuth().buildIssuedBy(authority);
		CompletableFuture<String> shown = new CompletableFuture<>();
		try (RawServer server = new RawServer(clientAuth(protocol), (peer) -> {
			peer.accept();
			shown.complete(((SSLSocket) peer.socket()).getSession().getPeerPrincipal().getName());
			peer.awaitEnd();
		});
				NettyWebSocketTransport transport = transport();
				TransportHarness client = client(transport,
						TlsSettings.of(Pki.context(own, authority.getCertificate())))) {
			client.connect(url(server, "localhost"));
			client.awaitSignal("open");
			assertThat(shown.join()).isEqualTo("CN=test");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void missingClientCertificateIsNamed(String protocol) throws Exception {
		ConnectFailed failed = refused(clientAuth(protocol), Peer::accept, trusting, "localhost");
		assertThat(failed.failure()).isInstanceOf(SSLException.class);
		assertThat(failed.describe()).contains("refused by the server with alert", "client certificate missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void clientCertificateOfAnotherAuthorityIsRefused(String protocol) throws Exception {
		X509Bundle foreign = Pki.certificate("client").buildIssuedBy(Pki.authority("other"));
		SSLContext context = Pki.context(foreign, authority.getCertificate());
		assertThat(refused(clientAuth(protocol), Peer::accept, TlsSettings.of(context), "localhost").describe())
			.contains("client certificate");
	}

	@Test
	void serverThatSpeaksOnlyTls11IsRefused() throws Exception {
		byte[] hello = { 0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2 };
		byte[] rest = ByteBuffer.allocate(36).put(33, (byte) 0xC0).put(34, (byte) 0x13).array();
		ConnectFailed failed = refused(ServerSocketFactory.getDefault(), (peer) -> {
			peer.in().readFully(new byte[5]);
			peer.raw(hello, rest);
			peer.awaitEnd();
		}, trusting, "localhost");
		assertThat(failed.describe()).isEqualTo("no common TLS version");
	}

	@Test
	void alertAboutTheProtocolVersionIsNamed() throws Exception {
		ConnectFailed failed = refused(ServerSocketFactory.getDefault(), (peer) -> {
			peer.in().readFully(new byte[5]);
			peer.raw(new byte[] { 0x15, 3, 2, 0, 2, 2, 70 });
			peer.awaitEnd();
		}, trusting, "localhost");
		assertThat(failed.describe()).contains("alert protocol_version");
	}

	@Test
	void serverWithoutTlsIsNamed() throws Exception {
		ConnectFailed failed = refused(ServerSocketFactory.getDefault(), (peer) -> {
			peer.in().readFully(new byte[5]);
			peer.raw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
		}, trusting, "localhost");
		assertThat(failed.describe()).isEqualTo("the server does not speak TLS");
	}

	@Test
	void serverThatHangsUpIsNamed() throws Exception {
		ConnectFailed failed = refused(ServerSocketFactory.getDefault(), (peer) -> peer.in().readFully(new byte[5]),
				trusting, "localhost");
		assertThat(failed.describe()).isIn("closed by the server during the TLS handshake",
				"connection closed before the server answered", "connection reset");
	}

	@Test
	void endWithoutCloseFrameIs1006() throws Exception {
		try (RawServer server = server(Peer::accept);
				NettyWebSocketTransport transport = transport();
				TransportHarness client = client(transport, trusting)) {
			client.connect(url(server, "localhost"));
			assertThat(client.awaitEnd()).isInstanceOfSatisfying(Closed.class,
					(closed) -> assertThat(closed.code()).isEqualTo(1006));
			assertThat(client.listener.signals).containsExactly("open", "closed");
		}
	}

	@Test
	void abortDoesNotWaitForAPeerThatStoppedReading() throws Exception {
		CompletableFuture<Void> done = new CompletableFuture<>();
		try (RawServer server = server((peer) -> {
			peer.accept();
			done.get();
		}); NettyWebSocketTransport transport = transport(); TransportHarness client = client(transport, trusting)) {
			client.connect(url(server, "localhost"));
			client.awaitSignal("open");
			client.write(Collections.nCopies(20, TransportHarness.binary(new byte[1024 * 1024]))
				.toArray(new TransportHarness.SimpleFrame[0]));
			assertThat(client.call(client.connection()::isWritable)).isFalse();
			client.run(client.connection()::abort);
			assertThat(client.awaitEnd()).isEqualTo(new Requested());
			assertThat(client.results()).singleElement().satisfies((result) -> {
				assertThat(result.started()).isEqualTo(result.written() + 1).isLessThan(20);
				assertThat(result.failure()).isNotNull();
			});
		}
		finally {
			done.complete(null);
		}
	}

	private static ConnectFailed refused(X509Bundle own, TlsSettings settings, String host) throws Exception {
		return refused(Pki.sockets(Pki.context(own), false), Peer::accept, settings, host);
	}

	private static ConnectFailed refused(ServerSocketFactory sockets, RawServer.Script script, TlsSettings settings,
			String host) throws Exception {
		try (RawServer server = new RawServer(sockets, script);
				NettyWebSocketTransport transport = transport();
				TransportHarness client = client(transport, settings)) {
			client.connect(url(server, host));
			ConnectFailed failed = (ConnectFailed) client.awaitEnd();
			assertThat(client.listener.signals).containsExactly("closed");
			return failed;
		}
	}

	private static NettyWebSocketTransport transport() {
		return new NettyWebSocketTransport(new NameLookups(), true);
	}

	private static TransportHarness client(NettyWebSocketTransport transport, TlsSettings settings) {
		TransportHarness client = new TransportHarness(transport);
		client.tls = settings;
		return client;
	}

	private static RawServer server(RawServer.Script script) throws Exception {
		return new RawServer(Pki.sockets(Pki.context(server), false), script);
	}

	private static ServerSocketFactory clientAuth(String protocol) throws Exception {
		return Pki.sockets(Pki.context(server, authority.getCertificate()), true, protocol);
	}

	private static URI url(RawServer server, String host) {
		return URI.create("wss://" + host + ":" + server.port() + "/");
	}

}
