package io.github.resilientws.autoconfigure;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;

/**
 * Creates builders of clients.
 */
@FunctionalInterface
interface ClientBuilderFactory {

	ResilientWebSocketClient.Builder builder(ClientConfiguration configuration);

}
