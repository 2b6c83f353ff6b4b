package io.github.resilientws.transport.netty;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.StandardConstants;

import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.settings.WebSocketUrl;

/**
 * TLS 1.2 or newer, with server name indication and a check of the certificate against
 * the host name, regardless of the settings of the context.
 */
final class ClientTls {

	// long enough for a close_notify to a peer that reads
	private static final int CLOSE_NOTIFY_MILLIS = 500;

	private final SingletonSupplier<TlsSettings> trustOfTheJdk = SingletonSupplier.of(ClientTls::trustOfTheJdk);

	// written by threads of look-ups, read by event loops
	private volatile boolean prepared;

	private static TlsSettings trustOfTheJdk() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, null, null);
			return TlsSettings.of(context);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("TLS is not available", ex);
		}
	}

	/**
	 * Return whether {@link #prepare} would not block.
	 * @param given settings of the client, or {@code null} for none
	 * @return whether the trust store has been read, if it is needed
	 */
	boolean isPrepared(@Nullable TlsSettings given) {
		return given != null || this.prepared;
	}

	/**
	 * Read the trust store if it is needed and not read yet. Blocks.
	 * @param given settings of the client, or {@code null} for none
	 */
	void prepare(@Nullable TlsSettings given) {
		if (given == null) {
			this.trustOfTheJdk.obtain();
			this.prepared = true;
		}
	}

	SslHandler newHandler(@Nullable TlsSettings given, WebSocketUrl url) {
		TlsSettings settings = (given != null) ? given : this.trustOfTheJdk.obtain();
		SSLEngine engine = settings.context().createSSLEngine(url.host(), url.port());
		engine.setUseClientMode(true);
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(settings.protocols().toArray(String[]::new));
		if (!settings.ciphers().isEmpty()) {
			parameters.setCipherSuites(settings.ciphers().toArray(String[]::new));
		}
		if (url.host().indexOf('_') < 0) {
			// the JDK refuses any name with '_'; HostCheck compares all names
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		if (isName(url.host())) {
			parameters.setServerNames(List.of(new ServerName(url.host())));
		}
		engine.setSSLParameters(parameters);
		SslHandler handler = new SslHandler(engine);
		// the whole attempt is limited by the client
		handler.setHandshakeTimeoutMillis(0);
		handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
		return handler;
	}

	private static boolean isName(String host) {
		return !NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host) && !host.endsWith(".");
	}

	/**
	 * A host name of the server name indication (RFC 6066, section 3). The class of the
	 * JDK for it refuses names with {@code _}.
	 */
	private static final class ServerName extends SNIServerName {

		ServerName(String host) {
			super(StandardConstants.SNI_HOST_NAME, host.getBytes(StandardCharsets.US_ASCII));
		}

	}

}
