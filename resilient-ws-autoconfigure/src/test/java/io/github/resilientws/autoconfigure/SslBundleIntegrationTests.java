package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.transport.Relay;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients with SSL bundles, against servers with certificates made for the test.
 */
class SslBundleIntegrationTests {

	private static final String PASSWORD = "changeit";

	private static X509Bundle authority;

	private static X509Bundle serverCertificate;

	@TempDir
	private Path directory;

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@BeforeAll
	static void createCertificates() throws Exception {
		authority = new CertificateBuilder().subject("CN=ours").setIsCertificateAuthority(true).buildSelfSigned();
		serverCertificate = ofLocalhost().buildIssuedBy(authority);
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void pemBundleIsTrusted() throws Exception {
		write("ca.pem", authority.getCertificatePEM());
		try (TlsFront front = new TlsFront(serverCertificate, null, this.server.port());
				ConfigurableApplicationContext context = run(front.url(), """
						pem: { ours: { truststore: { certificate: '%s/ca.pem' } } }
						""")) {
			assertThat(chat(context).awaitReady(Duration.ofSeconds(10))).isTrue();
		}
	}

	@Test
	void jksBundleIsTrustedAndShown() throws Exception {
		X509Bundle own = certificate("CN=client").buildIssuedBy(authority);
		save("keys.jks", own.toKeyStore(PASSWORD.toCharArray()));
		KeyStore trusted = KeyStore.getInstance("JKS");
		trusted.load(null, null);
		trusted.setCertificateEntry("ca", authority.getCertificate());
		save("trust.jks", trusted);
		try (TlsFront front = new TlsFront(serverCertificate, authority, this.server.port());
				ConfigurableApplicationContext context = run(front.url(), """
						jks: { ours: { keystore: { location: '%1$s/keys.jks', password: changeit },
						  truststore: { location: '%1$s/trust.jks', password: changeit } } }
						""")) {
			assertThat(chat(context).awaitReady(Duration.ofSeconds(10))).isTrue();
			assertThat(front.clients).containsExactly("CN=client");
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void causeIsNamedInEventAndHealth(String name, X509Bundle own, X509Bundle clients, String cause) throws Exception {
		try (TlsFront front = new TlsFront(own, clients, this.server.port())) {
			assertNamedInEventAndHealth(front.url(), cause);
		}
	}

	static Stream<Arguments> causeIsNamedInEventAndHealth() throws Exception {
		X509Bundle otherAuthority = new CertificateBuilder().subject("CN=other")
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
		String untrusted = "certificate not trusted (unknown CA or self-signed)";
		return Stream.of(
				Arguments.of("expired",
						ofLocalhost().notAfter(Instant.now().minus(Duration.ofHours(1))).buildIssuedBy(authority), null,
						"certificate expired"),
				Arguments.of("wrong host",
						certificate("CN=server").addSanDnsName("example.com").buildIssuedBy(authority), null,
						"certificate for another host"),
				Arguments.of("self-signed", ofLocalhost().setIsCertificateAuthority(true).buildSelfSigned(), null,
						untrusted),
				Arguments.of("other CA", ofLocalhost().buildIssuedBy(otherAuthority), null, untrusted),
				Arguments.of("missing client certificate", serverCertificate, authority,
						"client certificate missing or refused"));
	}

	@Test
	void serverOfTls11IsNamedInEventAndHealth() throws Exception {
		// hello of a server that chose TLS 1.1
		byte[] hello = { 0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2 };
		byte[] rest = ByteBuffer.allocate(36).put(33, (byte) 0xC0).put(34, (byte) 0x13).array();
		ServerSocket serverSocket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		try (Relay relay = new Relay(serverSocket, this.server.port(), (client) -> {
			client.getInputStream().readNBytes(5);
			client.getOutputStream().write(hello);
			client.getOutputStream().write(rest);
			client.getInputStream().transferTo(OutputStream.nullOutputStream());
			throw new IOException("no handshake");
		})) {
			assertNamedInEventAndHealth("wss://localhost:" + relay.port() + "/", "no common TLS version");
		}
	}

	private void assertNamedInEventAndHealth(String url, String cause) throws Exception {
		write("ca.pem", authority.getCertificatePEM());
		try (ConfigurableApplicationContext context = run(url, """
				pem: { ours: { truststore: { certificate: '%s/ca.pem' } } }
				""")) {
			EventLog log = context.getBean(EventLog.class);
			HealthEndpoint health = context.getBean(HealthEndpoint.class);
			Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
				assertThat(log.of(WebSocketReconnectScheduledEvent.class))
					.extracting((event) -> event.getCause().describe())
					.anySatisfy((described) -> assertThat(described).contains(cause).doesNotContain("Exception"));
				IndicatedHealthDescriptor chat = (IndicatedHealthDescriptor) health.healthForPath("resilientWs",
						"chat");
				assertThat(chat.getDetails().get("lastCause")).asString().contains(cause).doesNotContain("Exception");
			});
			assertThat(this.server.seen().handshakes()).isEmpty();
		}
	}

	@Test
	void nextHandshakeUsesReplacedFiles() throws Exception {
		X509Bundle other = new CertificateBuilder().subject("CN=other")
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
		write("ca.pem", other.getCertificatePEM());
		showAs("CN=first");
		try (TlsFront front = new TlsFront(serverCertificate, authority, this.server.port());
				ConfigurableApplicationContext context = run(front.url(), """
						pem: { ours: { reload-on-update: true, truststore: { certificate: '%1$s/ca.pem' },
						  keystore: { certificate: '%1$s/client.pem', private-key: '%1$s/client.key' } } }
						""")) {
			EventLog log = context.getBean(EventLog.class);
			Awaitility.await().until(() -> !log.of(WebSocketReconnectScheduledEvent.class).isEmpty());
			assertThat(log.of(WebSocketReconnectScheduledEvent.class).get(0).getCause().describe())
				.contains("unknown CA");
			write("ca.pem", authority.getCertificatePEM());
			assertThat(chat(context).awaitReady(Duration.ofSeconds(20))).isTrue();
			assertThat(front.clients).containsExactly("CN=first");
			showAs("CN=second");
			Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(300)).until(() -> {
				chat(context).reconnect();
				chat(context).awaitReady(Duration.ofSeconds(10));
				return front.clients.contains("CN=second");
			});
		}
	}

	private void showAs(String subject) throws Exception {
		X509Bundle own = certificate(subject).buildIssuedBy(authority);
		write("client.pem", own.getCertificatePathPEM());
		write("client.key", own.getPrivateKeyPEM());
	}

	// at once, as those do who replace certificates
	private void write(String file, String text) throws IOException {
		Path temporary = Files.writeString(this.directory.resolve(file + ".new"), text);
		Files.move(temporary, this.directory.resolve(file), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

	private void save(String file, KeyStore store) throws Exception {
		KeyStore copy = KeyStore.getInstance("JKS");
		copy.load(null, null);
		for (String alias : java.util.Collections.list(store.aliases())) {
			copy.setEntry(alias,
					store.getEntry(alias,
							store.isKeyEntry(alias) ? new KeyStore.PasswordProtection(PASSWORD.toCharArray()) : null),
					store.isKeyEntry(alias) ? new KeyStore.PasswordProtection(PASSWORD.toCharArray()) : null);
		}
		try (OutputStream stream = Files.newOutputStream(this.directory.resolve(file))) {
			copy.store(stream, PASSWORD.toCharArray());
		}
	}

	private ConfigurableApplicationContext run(String url, String bundle) {
		return Contexts.run(WebApplicationType.NONE, """
				spring:
				  ssl:
				    bundle:
				      watch: { file: { quiet-period: 50ms } }
				      %s
				resilient-ws:
				  clients:
				    chat:
				      url: %s
				      ssl: { bundle: ours }
				      reconnect: { initial-delay: 100ms, multiplier: 1, max-delay: 100ms }
				""".formatted(bundle.strip().formatted(this.directory).replace("\n", "\n      "), url), EventLog.class);
	}

	private static ResilientWebSocketClient chat(ConfigurableApplicationContext context) {
		return context.getBean(ResilientWebSocketClient.class);
	}

	private static CertificateBuilder ofLocalhost() {
		return certificate("CN=server").addSanDnsName("localhost");
	}

	private static CertificateBuilder certificate(String subject) {
		return new CertificateBuilder().subject(subject).notBefore(Instant.now().minus(Duration.ofDays(1)));
	}

}
