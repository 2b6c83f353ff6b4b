package io.github.resilientws.transport.netty;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.TransportHarness.WriteResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link NettyWebSocketTransport} over TLS.
 */
@Timeout(30)
class NettyTlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private static final ExecutorService BLOCKING = Executors.newCachedThreadPool();

	@TempDir
	private static Path directory;

	private static SSLContext serverContext;

	private static X509Certificate certificate;

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
		certificate = (X509Certificate) keys.getCertificate("server");
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD);
		serverContext = SSLContext.getInstance("TLS");
		serverContext.init(managers.getKeyManagers(), null, null);
	}

	@AfterAll
	static void stopBlocking() {
		BLOCKING.shutdownNow();
	}

	@Test
	void untrustedCertificateIsRefused() throws Exception {
		ConnectFailed failed = connectAndFail(ClientTls::trustOfTheJdk, "localhost");
		assertThat(failed.failure()).isInstanceOf(SSLException.class).hasMessageContaining("PKIX");
	}

	@Test
	void wrongHostNameIsRefusedWhateverTheContextSays() throws Exception {
		Supplier<SslContext> careless = () -> trusting(null);
		ConnectFailed failed = connectAndFail(careless, "127.0.0.1");
		assertThat(failed.failure()).isInstanceOf(SSLException.class).hasMessageContaining("127.0.0.1");
	}

	@Test
	void trustedCertificateCarriesMessages() throws Exception {
		try (RawServer server = server((peer) -> {
			peer.raw(peer.switching().getBytes(), Peer.text("first"));
			peer.raw(Peer.text(peer.read().text()), Peer.frame(0x82, peer.read().payload()), Peer.close(1001, "bye"));
			peer.awaitEnd();
		});
				NettyWebSocketTransport transport = transport(() -> trusting("HTTPS"));
				TransportHarness client = new TransportHarness(transport)) {
			client.connect(url(server, "localhost"));
			client.awaitSignal("text first");
			client.write(TransportHarness.text("hello"), TransportHarness.binary(new byte[300_000]));
			assertThat(client.awaitEnd()).isEqualTo(new Closed(1001, "bye", true));
			assertThat(client.listener.signals).containsExactly("open", "text first", "text hello", "binary 300000",
					"closed");
			assertThat(client.results()).containsExactly(new WriteResult(2, 2, 2, null));
		}
	}

	@Test
	void endWithoutCloseFrameIs1006() throws Exception {
		try (RawServer server = server(Peer::accept);
				NettyWebSocketTransport transport = transport(() -> trusting("HTTPS"));
				TransportHarness client = new TransportHarness(transport)) {
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
		});
				NettyWebSocketTransport transport = transport(() -> trusting("HTTPS"));
				TransportHarness client = new TransportHarness(transport)) {
			client.connect(url(server, "localhost"));
			client.awaitSignal("open");
			client.write(Collections.nCopies(20, TransportHarness.binary(new byte[1024 * 1024]))
				.toArray(new TransportHarness.SimpleFrame[0]));
			assertThat(client.call(client.connection()::isWritable)).isFalse();
			client.run(client.connection()::abort);
			assertThat(client.awaitEnd()).isEqualTo(new Requested());
			assertThat(client.results()).singleElement().satisfies((result) -> {
				assertThat(result.written()).isZero();
				assertThat(result.started()).isEqualTo(20);
				assertThat(result.failure()).isNotNull();
			});
		}
		finally {
			done.complete(null);
		}
	}

	private static ConnectFailed connectAndFail(Supplier<SslContext> context, String host) throws Exception {
		try (RawServer server = server(Peer::accept);
				NettyWebSocketTransport transport = transport(context);
				TransportHarness client = new TransportHarness(transport)) {
			client.connect(url(server, host));
			ConnectFailed failed = (ConnectFailed) client.awaitEnd();
			assertThat(client.listener.signals).containsExactly("closed");
			return failed;
		}
	}

	private static NettyWebSocketTransport transport(Supplier<SslContext> context) {
		return new NettyWebSocketTransport(BLOCKING, true, context, IoModel.best());
	}

	private static SslContext trusting(String identification) {
		try {
			return SslContextBuilder.forClient()
				.sslProvider(SslProvider.JDK)
				.trustManager(certificate)
				.endpointIdentificationAlgorithm(identification)
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static RawServer server(RawServer.Script script) throws Exception {
		ServerSocketFactory factory = serverContext.getServerSocketFactory();
		return new RawServer(factory, script);
	}

	private static URI url(RawServer server, String host) {
		return URI.create("wss://" + host + ":" + server.port() + "/");
	}

}
