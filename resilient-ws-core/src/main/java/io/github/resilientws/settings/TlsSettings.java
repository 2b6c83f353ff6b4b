package io.github.resilientws.settings;

import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLContext;

import org.springframework.util.Assert;

/**
 * Settings of TLS handshakes. Host names are always checked, whatever the context says.
 *
 * @param context key and trust material
 * @param protocols enabled protocols; empty for TLS 1.3 and 1.2
 * @param ciphers enabled cipher suites; empty for those of the context
 * @since 0.1
 */
public record TlsSettings(SSLContext context, List<String> protocols, List<String> ciphers) {

	private static final Set<String> BROKEN_PROTOCOLS = Set.of("SSLv2Hello", "SSLv3", "TLSv1", "TLSv1.1");

	/**
	 * Create settings.
	 * @param context key and trust material
	 * @param protocols enabled protocols; empty for TLS 1.3 and 1.2
	 * @param ciphers enabled cipher suites; empty for those of the context
	 * @throws IllegalArgumentException if a protocol before TLS 1.2 is enabled
	 */
	public TlsSettings {
		Assert.notNull(context, "'context' must not be null");
		protocols = protocols.isEmpty() ? List.of("TLSv1.3", "TLSv1.2") : List.copyOf(protocols);
		for (String protocol : protocols) {
			Assert.isTrue(!BROKEN_PROTOCOLS.contains(protocol),
					() -> "'protocols' must not contain " + protocol + ", which is broken; use TLSv1.2 or newer");
		}
		ciphers = List.copyOf(ciphers);
	}

	/**
	 * Return settings with the usual protocols and cipher suites.
	 * @param context key and trust material
	 * @return the settings
	 */
	public static TlsSettings of(SSLContext context) {
		return new TlsSettings(context, List.of(), List.of());
	}

}
