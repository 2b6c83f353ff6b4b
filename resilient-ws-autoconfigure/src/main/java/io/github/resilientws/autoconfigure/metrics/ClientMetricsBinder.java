package io.github.resilientws.autoconfigure.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
		if (this.registry.find("resilient.ws.ready").tag("client", name).meter() != null) {
			logger.warn("[" + name + "] has no meters: those of this name belong to a client of another context");
			return;
		}
		clientMetrics.bindTo(client);
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
