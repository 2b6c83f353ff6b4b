package io.github.resilientws;

import java.net.URI;

/**
 * Creates the builders of {@link ResilientWebSocketClient#builder(String, URI)}.
 * {@link java.util.ServiceLoader} finds the implementation.
 *
 * @since 0.1
 */
public interface ResilientWebSocketClientProvider {

	/**
	 * Create a builder with default settings.
	 * @param name name of the client
	 * @param url its URL
	 * @return the builder
	 */
	ResilientWebSocketClient.Builder builder(String name, URI url);

}
