package io.github.resilientws;

import java.net.URI;

/**
 * Found by {@link java.util.ServiceLoader}: makes the builders of
 * {@link ResilientWebSocketClient#builder(String, URI)}.
 */
public interface ResilientWebSocketClientProvider {

	/**
	 * Make a builder with default settings.
	 * @param name name of the client
	 * @param url its URL
	 * @return the builder
	 */
	ResilientWebSocketClient.Builder builder(String name, URI url);

}
