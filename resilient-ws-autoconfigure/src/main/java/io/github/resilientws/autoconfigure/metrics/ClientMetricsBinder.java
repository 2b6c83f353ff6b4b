package io.github.resilientws.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.DisposableBean;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.autoconfigure.ClientRegistrationListener;
import io.github.resilientws.metrics.ClientMetrics;

/**
 * Adds meters to each client that is built, and registers them once the client exists. In
 * a registry that contexts share, the meters of a name belong to the first client of that
 * name.
 */
class ClientMetricsBinder implements ResilientWebSocketClientCustomizer, ClientRegistrationListener, DisposableBean {

	private static final Log logger = LogFactory.getLog(ClientMetricsBinder.class);

	private static final String PROBE = "nothing is registered under this name";

	private final MeterRegistry registry;

	private final boolean inherited;

	private final Map<String, ClientMetrics> metrics = new ConcurrentHashMap<>();

	/**
	 * Create a binder.
	 * @param registry registry that will hold the meters
	 * @param inherited whether the registry belongs to a parent context, which must not
	 * keep the meters of this context
	 */
	ClientMetricsBinder(MeterRegistry registry, boolean inherited) {
		this.registry = registry;
		this.inherited = inherited;
	}

	@Override
	public void customize(String name, ResilientWebSocketClient.Builder builder) {
		ClientMetrics clientMetrics = new ClientMetrics(this.registry, name);
		this.metrics.put(name, clientMetrics);
		builder.observer(clientMetrics);
	}

	@Override
	public void onAdded(ResilientWebSocketClient client) {
		String name = client.getName();
		ClientMetrics clientMetrics = this.metrics.get(name);
		if (clientMetrics == null) {
			return;
		}
		if (isMetered(name)) {
			logger.warn("[" + name + "] has no meters: those of this name belong to a client of another context");
			return;
		}
		clientMetrics.bindTo(client);
	}

	// a registry returns its gauge of that name, or registers a new one; a search reads
	// all meters for each client
	private boolean isMetered(String name) {
		Gauge gauge = Gauge.builder("resilient.ws.ready", () -> 0)
			.tag("client", name)
			.description(PROBE)
			.register(this.registry);
		if (PROBE.equals(gauge.getId().getDescription())) {
			this.registry.remove(gauge);
			return false;
		}
		return true;
	}

	@Override
	public void onRemoved(String name) {
		ClientMetrics clientMetrics = this.metrics.remove(name);
		if (clientMetrics != null) {
			clientMetrics.close();
		}
	}

	// a registry of this context is closed later and then publishes its last values
	@Override
	public void destroy() {
		if (this.inherited) {
			this.metrics.values().forEach(ClientMetrics::close);
		}
	}

}
