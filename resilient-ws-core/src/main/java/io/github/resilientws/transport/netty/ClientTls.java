package io.github.resilientws.transport.netty;

import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.NetUtil;
import org.springframework.util.function.SingletonSupplier;

/**
 * TLS 1.2 or newer, with the server's name told and its certificate checked against it,
 * whatever the context says.
 */
final class ClientTls {

	private static final String[] PROTOCOLS = { "TLSv1.3", "TLSv1.2" };

	// long enough for a close_notify to a peer that reads
	private static final int CLOSE_NOTIFY_MILLIS = 500;

	private final SingletonSupplier<SslContext> context;

	ClientTls(Supplier<SslContext> context) {
		this.context = SingletonSupplier.of(context);
	}

	static SslContext trustOfTheJdk() {
		try {
			return SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(PROTOCOLS).build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("TLS is not available", ex);
		}
	}

	/**
	 * Read the trust store, if that has not happened yet. Blocks.
	 */
	void prepare() {
		this.context.obtain();
	}

	SslHandler newHandler(Endpoint endpoint) {
		SslHandler handler = this.context.obtain()
			.newHandler(ByteBufAllocator.DEFAULT, endpoint.host(), endpoint.port());
		SSLEngine engine = handler.engine();
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setProtocols(PROTOCOLS);
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		if (isName(endpoint.host())) {
			parameters.setServerNames(List.of(new SNIHostName(endpoint.host())));
		}
		engine.setSSLParameters(parameters);
		// the whole attempt is limited by the client
		handler.setHandshakeTimeoutMillis(0);
		handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
		return handler;
	}

	private static boolean isName(String host) {
		return !NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host) && !host.endsWith(".");
	}

}
