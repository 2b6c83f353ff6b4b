package io.github.resilientws.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.metrics.ClientMetrics;

/**
 * Lets meters observe each client that is built, and registers them once it is there.
 */
class ClientMetricsBinder implements ResilientWebSocketClientCustomizer, SmartInitializingSingleton {

	private final MeterRegistry registry;

	private final ObjectProvider<ResilientWebSocketClients> clients;

	private final Map<String, ClientMetrics> metrics = new ConcurrentHashMap<>();

	ClientMetricsBinder(MeterRegistry registry, ObjectProvider<ResilientWebSocketClients> clients) {
		this.registry = registry;
		this.clients = clients;
	}

	@Override
	public void customize(String name, ResilientWebSocketClient.Builder builder) {
		ClientMetrics clientMetrics = new ClientMetrics(this.registry, name);
		this.metrics.put(name, clientMetrics);
		builder.observer(clientMetrics);
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (ResilientWebSocketClient client : this.clients.getObject()) {
			ClientMetrics clientMetrics = this.metrics.get(client.getName());
			if (clientMetrics != null) {
				clientMetrics.bindTo(client);
			}
		}
	}

}
