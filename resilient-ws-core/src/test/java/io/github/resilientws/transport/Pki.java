package io.github.resilientws.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * Certificates made for a test, and what speaks TLS with them.
 */
public final class Pki {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private Pki() {
	}

	public static X509Bundle authority(String name) throws Exception {
		return selfSigned(new CertificateBuilder().subject("CN=" + name));
	}

	public static CertificateBuilder certificate(String... hosts) {
		CertificateBuilder builder = new CertificateBuilder().subject("CN=test")
			.notBefore(Instant.now().minus(Duration.ofDays(2)))
			.notAfter(Instant.now().plus(Duration.ofDays(1)));
		for (String host : hosts) {
			builder.addSanDnsName(host);
		}
		return builder;
	}

	public static X509Bundle selfSigned(CertificateBuilder builder) throws Exception {
		return builder.setIsCertificateAuthority(true).buildSelfSigned();
	}

	public static SSLContext context(X509Bundle own, X509Certificate... trusted) throws Exception {
		KeyStore authorities = KeyStore.getInstance("PKCS12");
		authorities.load(null, null);
		for (int i = 0; i < trusted.length; i++) {
			authorities.setCertificateEntry("ca" + i, trusted[i]);
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(authorities);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init((own != null) ? keys(own) : null, (trusted.length > 0) ? trust.getTrustManagers() : null, null);
		return context;
	}

	public static KeyManager[] keys(X509Bundle own) throws Exception {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(own.toKeyStore(PASSWORD), PASSWORD);
		return keys.getKeyManagers();
	}

	/**
	 * Make server sockets.
	 * @param context key and trust material of the server
	 * @param clientAuth whether clients must have a certificate
	 * @param protocols enabled protocols
	 * @return the factory
	 */
	public static ServerSocketFactory sockets(SSLContext context, boolean clientAuth, String... protocols) {
		return new TlsSockets(context, clientAuth, protocols);
	}

	private static final class TlsSockets extends ServerSocketFactory {

		private final SSLContext context;

		private final boolean clientAuth;

		private final String[] protocols;

		private TlsSockets(SSLContext context, boolean clientAuth, String... protocols) {
			this.context = context;
			this.clientAuth = clientAuth;
			this.protocols = protocols;
		}

		@Override
		public ServerSocket createServerSocket(int port) throws IOException {
			return createServerSocket(port, 50);
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog) throws IOException {
			return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
			SSLServerSocket socket = (SSLServerSocket) this.context.getServerSocketFactory()
				.createServerSocket(port, backlog, address);
			socket.setNeedClientAuth(this.clientAuth);
			if (this.protocols.length > 0) {
				socket.setEnabledProtocols(this.protocols);
			}
			return socket;
		}

	}

}
