package io.github.resilientws.autoconfigure.health;

import java.time.Clock;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ClientConfigurations;
import io.github.resilientws.autoconfigure.ClientElections;

/**
 * One entry per client that exists at the time of the call. Without a client it is not
 * shown.
 */
class ClientsHealthContributor implements CompositeHealthContributor {

	private final ResilientWebSocketClients clients;

	private final ClientConfigurations configurations;

	private final ClientElections elections;

	ClientsHealthContributor(ResilientWebSocketClients clients, ClientConfigurations configurations,
			ClientElections elections) {
		this.clients = clients;
		this.configurations = configurations;
		this.elections = elections;
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
		return new ResilientWebSocketHealthIndicator(client, this.configurations.getGracePeriod(client),
				this.configurations.isCritical(client), this.configurations.isAcknowledged(client),
				() -> this.elections.find(client), Clock.systemUTC());
	}

}
