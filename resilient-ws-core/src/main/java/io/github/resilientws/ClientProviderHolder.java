package io.github.resilientws;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Holds the implementation of {@link ResilientWebSocketClientProvider}, which is searched
 * for once: a search reads the whole class path.
 */
final class ClientProviderHolder {

	private static final Optional<ResilientWebSocketClientProvider> PROVIDER = ServiceLoader
		.load(ResilientWebSocketClientProvider.class, ResilientWebSocketClientProvider.class.getClassLoader())
		.findFirst();

	private ClientProviderHolder() {
	}

	static ResilientWebSocketClientProvider get() {
		return PROVIDER.orElseThrow(() -> new IllegalStateException("resilient-ws-core is not complete: no "
				+ ResilientWebSocketClientProvider.class.getName() + " is registered"));
	}

}
