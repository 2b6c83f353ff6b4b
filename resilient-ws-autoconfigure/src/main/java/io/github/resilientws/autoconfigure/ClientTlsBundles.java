package io.github.resilientws.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.TlsSettings;

/**
 * TLS settings of SSL bundles, kept up to date. Clients of the same bundle share them.
 */
class ClientTlsBundles {

	private static final Log logger = LogFactory.getLog(ClientTlsBundles.class);

	private final @Nullable SslBundles bundles;

	private final ResilientWebSocketConnectionDetails details;

	private final Map<String, AtomicReference<TlsSettings>> settings = new ConcurrentHashMap<>();

	ClientTlsBundles(@Nullable SslBundles bundles, ResilientWebSocketConnectionDetails details) {
		this.bundles = bundles;
		this.details = details;
	}

	/**
	 * Return the supplier of the TLS settings of a client.
	 * @param configuration the client
	 * @return the supplier, which does not block, or {@code null} for the trust store of
	 * the JDK
	 * @throws InvalidSettingException if no such bundle exists, or it cannot be used
	 */
	@Nullable Supplier<TlsSettings> find(ClientConfiguration configuration) {
		SslBundle given = this.details.getSslBundle(configuration.settings().name());
		if (given != null) {
			TlsSettings settings = settings(given);
			return () -> settings;
		}
		return configuration.sslBundle().isEmpty() ? null : get(configuration.sslBundle());
	}

	/**
	 * Return a supplier of the settings of a bundle, always those of its last valid
	 * version.
	 * @param name name of the bundle
	 * @return the supplier, which does not block
	 * @throws InvalidSettingException if no such bundle exists, or it cannot be used
	 */
	Supplier<TlsSettings> get(String name) {
		return this.settings.computeIfAbsent(name, this::watch)::get;
	}

	private AtomicReference<TlsSettings> watch(String name) {
		if (this.bundles == null) {
			throw refused(name, "cannot be found, because no SslBundles bean exists; is SslAutoConfiguration excluded?",
					null);
		}
		List<String> known = this.bundles.getBundleNames();
		if (!known.contains(name)) {
			throw refused(name,
					"is not an SSL bundle; " + (known.isEmpty() ? "none is configured under spring.ssl.bundle"
							: "configured under spring.ssl.bundle: " + String.join(", ", known)),
					null);
		}
		try {
			TlsSettings first = settings(this.bundles.getBundle(name));
			AtomicReference<TlsSettings> current = new AtomicReference<>(first);
			this.bundles.addBundleUpdateHandler(name, (bundle) -> update(name, current, bundle));
			// an update may have arrived just before the handler was added; a later one
			// is newer
			current.compareAndSet(first, settings(this.bundles.getBundle(name)));
			return current;
		}
		catch (RuntimeException ex) {
			throw refused(name, "cannot be used: " + ex.getMessage(), ex);
		}
	}

	// on a thread of Spring Boot, which an exception would end
	private static void update(String name, AtomicReference<TlsSettings> current, SslBundle bundle) {
		try {
			current.set(settings(bundle));
			logger.info("SSL bundle '" + name + "' was updated: the next handshakes use it");
		}
		catch (RuntimeException ex) {
			logger.warn("SSL bundle '" + name + "' was updated, but cannot be used: clients keep the previous version",
					ex);
		}
	}

	private static TlsSettings settings(SslBundle bundle) {
		SslOptions options = bundle.getOptions();
		return new TlsSettings(bundle.createSslContext(), list(options.getEnabledProtocols()),
				list(options.getCiphers()));
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

	private static InvalidSettingException refused(String name, String reason, @Nullable Throwable cause) {
		InvalidSettingException failure = new InvalidSettingException("ssl.bundle", name, reason);
		if (cause != null) {
			failure.initCause(cause);
		}
		return failure;
	}

}
