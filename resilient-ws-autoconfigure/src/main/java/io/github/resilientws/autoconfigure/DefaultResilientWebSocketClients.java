package io.github.resilientws.autoconfigure;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * All beans that are clients, by the name of the client. They are looked up at first use,
 * so that what takes part in a client may ask for its siblings.
 */
class DefaultResilientWebSocketClients implements ResilientWebSocketClients {

	private final SingletonSupplier<Map<String, ResilientWebSocketClient>> clients;

	DefaultResilientWebSocketClients(ObjectProvider<ResilientWebSocketClient> beans) {
		this.clients = SingletonSupplier.of(() -> byName(beans));
	}

	private static Map<String, ResilientWebSocketClient> byName(ObjectProvider<ResilientWebSocketClient> beans) {
		Map<String, ResilientWebSocketClient> result = new LinkedHashMap<>();
		beans.orderedStream().forEach((client) -> {
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
		ResilientWebSocketClient client = this.clients.obtain().get(name);
		if (client == null) {
			throw new IllegalArgumentException(
					"there is no client '" + name + "'; there are: " + this.clients.obtain().keySet());
		}
		return client;
	}

	@Override
	public Iterator<ResilientWebSocketClient> iterator() {
		return this.clients.obtain().values().iterator();
	}

}
