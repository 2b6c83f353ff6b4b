package io.github.resilientws.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.autoconfigure.ClientRegistrationListener;
import io.github.resilientws.metrics.ClientMetrics;

/**
 * Lets meters observe each client that is built, and registers them once it is there.
 */
class ClientMetricsBinder implements ResilientWebSocketClientCustomizer, ClientRegistrationListener {

	private final MeterRegistry registry;

	private final Map<String, ClientMetrics> metrics = new ConcurrentHashMap<>();

	ClientMetricsBinder(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void customize(String name, ResilientWebSocketClient.Builder builder) {
		ClientMetrics clientMetrics = new ClientMetrics(this.registry, name);
		this.metrics.put(name, clientMetrics);
		builder.observer(clientMetrics);
	}

	@Override
	public void onAdded(ResilientWebSocketClient client) {
		ClientMetrics clientMetrics = this.metrics.get(client.getName());
		if (clientMetrics != null) {
			clientMetrics.bindTo(client);
		}
	}

	@Override
	public void onRemoved(String name) {
		ClientMetrics clientMetrics = this.metrics.remove(name);
		if (clientMetrics != null) {
			clientMetrics.close();
		}
	}

}
