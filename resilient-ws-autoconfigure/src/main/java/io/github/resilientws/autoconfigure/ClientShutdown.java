package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.settings.ClusterSettings;
import io.github.resilientws.settings.StoreSettings;

/**
 * Closes clients gracefully, with a limit in case a listener blocks.
 */
final class ClientShutdown {

	private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(15);

	private static final Duration MARGIN = Duration.ofMillis(400);

	// allows for a slow disk or database
	private static final Duration STORE_LIMIT = Duration.ofSeconds(10);

	private ClientShutdown() {
	}

	/**
	 * Close a client, with time to send the messages in its outbox.
	 * @param client the client
	 * @param configuration its configuration, if it has one
	 * @return completes when it is closed or the time has expired; never fails
	 */
	static CompletableFuture<Void> graceful(ResilientWebSocketClient client,
			@Nullable ClientConfiguration configuration) {
		return client.disconnect()
			.copy()
			.completeOnTimeout(null, limit(configuration).toMillis(), TimeUnit.MILLISECONDS)
			.exceptionally((ex) -> null);
	}

	private static Duration limit(@Nullable ClientConfiguration configuration) {
		return (configuration != null)
				? configuration.settings().shutdownTimeout().plus(configuration.settings().closeTimeout()).plus(MARGIN)
				: DEFAULT_LIMIT;
	}

	/**
	 * Close a client because its application ends, as fast as its state allows. A
	 * callback that ends the application is not waited for.
	 * @param client the client
	 * @param configuration its configuration, if it has one
	 * @return completes when it is closed or the time has expired; never fails
	 */
	static CompletableFuture<Void> prompt(ResilientWebSocketClient client,
			@Nullable ClientConfiguration configuration) {
		ConnectionState state = client.getState();
		boolean stored = configuration != null
				&& configuration.settings().queue().store().kind() == StoreSettings.Kind.FILE;
		if (state == ConnectionState.CLOSED && !stored) {
			return CompletableFuture.completedFuture(null);
		}
		boolean drains = state == ConnectionState.READY || state == ConnectionState.DRAINING;
		if (drains || configuration == null) {
			return ClientRuntime.shutDown(client, limit(configuration));
		}
		boolean elected = configuration.settings().cluster().mode() == ClusterSettings.Mode.ONE;
		return ClientRuntime.shutDown(client, (stored || elected) ? STORE_LIMIT : MARGIN);
	}

}
