package io.github.resilientws.transport.spring;

import java.security.KeyManagementException;
import java.security.SecureRandom;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

import io.github.resilientws.settings.TlsSettings;

/**
 * Enables protocols and cipher suites, for which containers have no setting.
 */
final class TunedSslContext extends SSLContextSpi {

	private final TlsSettings settings;

	private TunedSslContext(TlsSettings settings) {
		this.settings = settings;
	}

	static SSLContext of(TlsSettings settings) {
		SSLContext context = settings.context();
		return new SSLContext(new TunedSslContext(settings), context.getProvider(), context.getProtocol()) {
		};
	}

	private SSLEngine tune(SSLEngine engine) {
		engine.setEnabledProtocols(this.settings.protocols().toArray(String[]::new));
		if (!this.settings.ciphers().isEmpty()) {
			engine.setEnabledCipherSuites(this.settings.ciphers().toArray(String[]::new));
		}
		return engine;
	}

	@Override
	protected SSLEngine engineCreateSSLEngine() {
		return tune(this.settings.context().createSSLEngine());
	}

	@Override
	protected SSLEngine engineCreateSSLEngine(String host, int port) {
		return tune(this.settings.context().createSSLEngine(host, port));
	}

	@Override
	protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
			throws KeyManagementException {
		throw new KeyManagementException("initialized already");
	}

	@Override
	protected SSLSocketFactory engineGetSocketFactory() {
		return this.settings.context().getSocketFactory();
	}

	@Override
	protected SSLServerSocketFactory engineGetServerSocketFactory() {
		return this.settings.context().getServerSocketFactory();
	}

	@Override
	protected SSLSessionContext engineGetServerSessionContext() {
		return this.settings.context().getServerSessionContext();
	}

	@Override
	protected SSLSessionContext engineGetClientSessionContext() {
		return this.settings.context().getClientSessionContext();
	}

}
