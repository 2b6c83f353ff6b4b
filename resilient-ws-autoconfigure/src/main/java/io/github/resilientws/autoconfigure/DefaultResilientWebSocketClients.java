package io.github.resilientws.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.config.ClientNames;
import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;
import io.github.resilientws.settings.SettingsRules;

/**
 * All clients of one context: beans, by the name of the client, and clients created at
 * run time. The beans are looked up at first use, so that a bean that contributes to a
 * client may look up other clients.
 */
class DefaultResilientWebSocketClients implements ResilientWebSocketClients {

	private final SingletonSupplier<Map<String, ResilientWebSocketClient>> beans;

	private final ResilientWebSocketClientFactory factory;

	private final ClientConfigurations configurations;

	private final ClientRegistrationNotifier registrations;

	private final Map<String, ResilientWebSocketClient> created = new ConcurrentSkipListMap<>();

	/** Names of clients that are created completely. */
	private final Set<String> complete = ConcurrentHashMap.newKeySet();

	/** Names of clients that are being created, exist, or are being removed. */
	private final Set<String> taken = ConcurrentHashMap.newKeySet();

	DefaultResilientWebSocketClients(ClientCollaborators beans, ResilientWebSocketClientFactory factory,
			ClientConfigurations configurations, ClientRegistrationNotifier registrations) {
		this.beans = SingletonSupplier.of(() -> byName(beans.own(ResilientWebSocketClient.class)));
		this.factory = factory;
		this.configurations = configurations;
		this.registrations = registrations;
	}

	private static Map<String, ResilientWebSocketClient> byName(List<ResilientWebSocketClient> beans) {
		Map<String, ResilientWebSocketClient> result = new LinkedHashMap<>();
		beans.forEach((client) -> {
			if (result.putIfAbsent(client.getName(), client) != null) {
				throw new InvalidConfigurationException("Two beans are clients of the name '" + client.getName() + "'",
						"Give one of them another name, or let your bean replace the configured one by naming it '"
								+ ClientNames.beanName(client.getName()) + "'.");
			}
		});
		return Collections.unmodifiableMap(result);
	}

	@Override
	public ResilientWebSocketClient get(String name) {
		ResilientWebSocketClient client = find(name);
		if (client == null) {
			throw unknown(name);
		}
		return client;
	}

	@Override
	public Iterator<ResilientWebSocketClient> iterator() {
		return snapshot().iterator();
	}

	@Override
	public ResilientWebSocketClient create(String name, Consumer<ResilientWebSocketClient.Builder> settings) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(settings, "'settings' must not be null");
		SettingsRules.checkName(name);
		if (this.beans.obtain().containsKey(name) || !this.taken.add(name)) {
			throw new IllegalStateException("a client '" + name + "' already exists");
		}
		ResilientWebSocketClient client = null;
		try {
			client = this.factory.createAtRuntime(name, settings);
			this.created.put(name, client);
			this.registrations.onAdded(client);
			this.complete.add(name);
			return client;
		}
		catch (Throwable ex) {
			if (client != null) {
				this.created.remove(name);
				client.disconnect();
			}
			release(name);
			throw ex;
		}
	}

	@Override
	public CompletableFuture<Void> remove(String name) {
		Assert.notNull(name, "'name' must not be null");
		ResilientWebSocketClient client = this.created.get(name);
		if (client == null) {
			if (find(name) == null) {
				throw unknown(name);
			}
			throw new IllegalStateException(
					"the client '" + name + "' is a bean and lives as long as its context; disconnect() closes it");
		}
		Assert.state(this.complete.contains(name), () -> "the client '" + name + "' is still being created");
		return ClientShutdown.graceful(client, this.configurations.find(client)).thenRun(() -> forget(name, client));
	}

	private void forget(String name, ResilientWebSocketClient client) {
		// a second caller must not remove a new client of the same name
		if (this.created.remove(name, client)) {
			// another thread may have connected it before it was removed
			client.disconnect();
			release(name);
		}
	}

	private void release(String name) {
		this.complete.remove(name);
		this.registrations.onRemoved(name);
		this.configurations.forget(name);
		this.taken.remove(name);
	}

	private @Nullable ResilientWebSocketClient find(String name) {
		ResilientWebSocketClient bean = this.beans.obtain().get(name);
		return (bean != null) ? bean : this.created.get(name);
	}

	private List<ResilientWebSocketClient> snapshot() {
		List<ResilientWebSocketClient> clients = new ArrayList<>(this.beans.obtain().values());
		clients.addAll(this.created.values());
		return clients;
	}

	private IllegalArgumentException unknown(String name) {
		return new IllegalArgumentException("no client '" + name + "' exists; the clients are: "
				+ snapshot().stream().map(ResilientWebSocketClient::getName).toList());
	}

}
