package io.github.resilientws;

/**
 * Changes the builder of a configured client before the client is built.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ResilientWebSocketClientCustomizer {

	/**
	 * Customize a builder.
	 * @param name name of the client
	 * @param builder builder that already holds the configured settings
	 */
	void customize(String name, ResilientWebSocketClient.Builder builder);

}
