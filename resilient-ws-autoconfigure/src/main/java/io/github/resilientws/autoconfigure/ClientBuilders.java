package io.github.resilientws.autoconfigure;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * Makes builders of clients.
 */
@FunctionalInterface
interface ClientBuilders {

	ResilientWebSocketClient.Builder builder(ClientConfiguration configuration);

}
