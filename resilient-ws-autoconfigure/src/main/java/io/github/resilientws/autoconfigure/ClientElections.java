package io.github.resilientws.autoconfigure;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.StringUtils;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.ClusterSettings;
import io.github.resilientws.settings.ClusterSettings.Mode;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.StoreSettings;

/**
 * The elections of clients that one instance at a time connects.
 *
 * @since 0.1
 */
public final class ClientElections implements ClientRegistrationListener {

	private static final String EVENTS = "events";

	private final BeanFactory beanFactory;

	private final ClientConfigurations configurations;

	private final InstantSource clock;

	private final Map<String, ClientElection> elections = new ConcurrentHashMap<>();

	ClientElections(BeanFactory beanFactory, ClientConfigurations configurations, InstantSource clock) {
		this.beanFactory = beanFactory;
		this.configurations = configurations;
		this.clock = clock;
	}

	/**
	 * Return which instance owns the line of a client.
	 * @param client the client
	 * @return the status of its line, or {@code null} if each instance connects
	 */
	public @Nullable LineStatus find(ResilientWebSocketClient client) {
		ClientElection election = this.elections.get(client.getName());
		return (election != null) ? election.status() : null;
	}

	// before the customizers, which may replace it
	void apply(ResilientWebSocketClient.Builder builder, ClientConfiguration configuration) {
		if (isElected(configuration.settings())) {
			add(builder, configuration.settings().name());
		}
	}

	// with the settings in force
	void choose(ResilientWebSocketClient.Builder builder) {
		builder.settings((settings) -> {
			if (isElected(settings) && ClusterSettings.ELECTIONS.contains(settings.cluster().election())) {
				ClientElection known = this.elections.get(settings.name());
				ClientElection election = (known != null) ? known : add(builder, settings.name());
				election.use(source(settings));
			}
			return settings;
		});
	}

	private static boolean isElected(ClientSettings settings) {
		return settings.cluster().mode() == Mode.ONE || settings.queue().store().kind() == StoreSettings.Kind.JDBC;
	}

	private ClientElection add(ResilientWebSocketClient.Builder builder, String client) {
		ClientElection election = new ClientElection(this.clock);
		this.elections.put(client, election);
		builder.component(LineElection.class, election);
		return election;
	}

	private ClientElection.Source source(ClientSettings settings) {
		String name = settings.cluster().election();
		if (name.equals(EVENTS)) {
			String role = settings.cluster().role();
			return new ClientElection.Source(name,
					bean(name,
							"needs the leader events of Spring Integration: add the dependency"
									+ " org.springframework.integration:spring-integration-core, or choose jdbc"),
					role.isEmpty() ? settings.name() : role);
		}
		// refuses an absent group
		this.configurations.group().getName();
		return new ClientElection.Source(name, bean(name,
				"needs a DataSource: add org.springframework.boot:spring-boot-starter-jdbc and a driver, or choose events"),
				settings.name());
	}

	private LineElection bean(String election, String reason) {
		String beanName = "resilientWebSocket" + StringUtils.capitalize(election) + "Election";
		if (!this.beanFactory.containsBean(beanName)) {
			throw new InvalidSettingException("cluster.election", election, reason);
		}
		return this.beanFactory.getBean(beanName, LineElection.class);
	}

	@Override
	public void onAdded(ResilientWebSocketClient client) {
		// known since it was built
	}

	@Override
	public void onRemoved(String name) {
		this.elections.remove(name);
	}

}
