package io.github.resilientws.transport.spring;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link SpringWebSocketTransport} over TLS.
 */
@Timeout(30)
class SpringTlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	@TempDir
	private static Path directory;

	private static SSLContext serverContext;

	private static SSLContext trusting;

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	private final SpringWebSocketTransport transport = new SpringWebSocketTransport(this.blocking, new NameLookups(),
			true);

	@BeforeAll
	static void createKeyPair() throws Exception {
		Path file = directory.resolve("server.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "server", "-keyalg", "EC", "-storetype", "PKCS12", "-dname", "CN=localhost",
				"-ext", "san=dns:localhost", "-keystore", file.toString(), "-storepass", new String(PASSWORD))
			.inheritIO()
			.start();
		assertThat(keytool.waitFor()).isZero();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream stream = Files.newInputStream(file)) {
			keys.load(stream, PASSWORD);
		}
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD);
		serverContext = SSLContext.getInstance("TLS");
		serverContext.init(managers.getKeyManagers(), null, null);
		KeyStore certificates = KeyStore.getInstance("PKCS12");
		certificates.load(null, null);
		certificates.setCertificateEntry("server", keys.getCertificate("server"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(certificates);
		trusting = SSLContext.getInstance("TLS");
		trusting.init(null, trust.getTrustManagers(), null);
	}

	@AfterEach
	void close() {
		this.transport.close();
		this.blocking.shutdownNow();
	}

	@Test
	void trustedCertificateCarriesMessages() throws Exception {
		try (RawServer server = echoServer(); TransportHarness client = client(TlsSettings.of(trusting))) {
			client.maxFrameSize = 300_000;
			client.connect(url(server, "localhost"));
			client.awaitSignal("open");
			client.write(TransportHarness.text("hello"), TransportHarness.binary(new byte[300_000]));
			assertThat(client.awaitEnd()).isEqualTo(new Closed(1001, "bye", true));
			assertThat(client.listener.signals).containsExactly("open", "text hello", "binary 300000", "closed");
		}
	}

	@Test
	void certificateIsCheckedAgainstTheTrustOfTheJdkByDefault() throws Exception {
		assertThat(failure(null, "localhost")).isInstanceOf(SSLException.class).hasMessageContaining("PKIX");
	}

	@Test
	void wrongHostNameIsRefused() throws Exception {
		assertThat(failure(TlsSettings.of(trusting), "127.0.0.1")).isInstanceOf(SSLException.class)
			.hasMessageContaining("127.0.0.1");
	}

	@Test
	void configuredProtocolsAreTheOnlyOnes() throws Exception {
		TlsSettings settings = new TlsSettings(trusting, List.of("TLSv1.2"),
				List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));
		try (RawServer server = new RawServer(serverContext.getServerSocketFactory(), (peer) -> {
			peer.accept();
			SSLSocket socket = (SSLSocket) peer.socket();
			peer.raw(Peer.text(socket.getSession().getProtocol() + " " + socket.getSession().getCipherSuite()));
			peer.awaitEnd();
		}); TransportHarness client = client(settings)) {
			client.connect(url(server, "localhost"));
			client.awaitSignal("text TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
		}
	}

	private Throwable failure(@Nullable TlsSettings tls, String host) throws Exception {
		try (RawServer server = echoServer(); TransportHarness client = client(tls)) {
			client.connect(url(server, host));
			ConnectFailed failed = (ConnectFailed) client.awaitEnd();
			assertThat(client.listener.signals).containsExactly("closed");
			return failed.failure();
		}
	}

	private TransportHarness client(@Nullable TlsSettings tls) {
		TransportHarness client = new TransportHarness(this.transport);
		client.tls = tls;
		return client;
	}

	private static RawServer echoServer() throws Exception {
		return new RawServer(serverContext.getServerSocketFactory(), (peer) -> {
			peer.accept();
			peer.raw(Peer.text(peer.read().text()), Peer.frame(0x82, peer.read().payload()), Peer.close(1001, "bye"));
			peer.awaitEnd();
		});
	}

	private static URI url(RawServer server, String host) {
		return URI.create("wss://" + host + ":" + server.port() + "/");
	}

}
