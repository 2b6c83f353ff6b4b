package io.github.resilientws.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.autoconfigure.ClientConfigurations;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.settings.ClientSettings;

/**
 * One entry for each client that is there when it is asked. Without a client it is not
 * shown.
 */
class ClientsHealthContributor implements CompositeHealthContributor {

	private final ResilientWebSocketClients clients;

	private final ClientConfigurations configurations;

	ClientsHealthContributor(ResilientWebSocketClients clients, ClientConfigurations configurations) {
		this.clients = clients;
		this.configurations = configurations;
	}

	@Override
	public @Nullable HealthIndicator getContributor(String name) {
		for (ResilientWebSocketClient client : this.clients) {
			if (client.getName().equals(name)) {
				return indicator(client);
			}
		}
		return null;
	}

	@Override
	public Stream<Entry> stream() {
		return StreamSupport.stream(this.clients.spliterator(), false)
			.map((client) -> new Entry(client.getName(), indicator(client)));
	}

	private HealthIndicator indicator(ResilientWebSocketClient client) {
		ClientConfiguration configuration = this.configurations.find(client);
		Duration gracePeriod = (configuration != null) ? configuration.gracePeriod() : Duration.ofSeconds(60);
		boolean critical = configuration == null || configuration.critical();
		return new ResilientWebSocketHealthIndicator(client, gracePeriod, critical,
				isAcknowledged(client, configuration), Clock.systemUTC());
	}

	private static boolean isAcknowledged(ResilientWebSocketClient client,
			@Nullable ClientConfiguration configuration) {
		ClientSettings settings = (configuration != null) ? configuration.settings() : ClientRuntime.settingsOf(client);
		return settings != null && settings.delivery().isAtLeastOnce();
	}

}
