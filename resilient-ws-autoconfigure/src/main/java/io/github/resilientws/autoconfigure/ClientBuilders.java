package io.github.resilientws.autoconfigure;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;

/**
 * Makes builders of clients.
 */
@FunctionalInterface
interface ClientBuilders {

	ResilientWebSocketClient.Builder builder(ClientConfiguration configuration);

}
