package io.github.resilientws.autoconfigure.observation;

import java.util.Arrays;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ListableBeanFactory;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;

/**
 * Lets clients be observed, unless only meters would come of it: clients have exact
 * meters of their own, and an observation of each message has its price.
 */
class ClientObservationCustomizer implements ResilientWebSocketClientCustomizer {

	private final ObservationRegistry registry;

	private final ListableBeanFactory beanFactory;

	ClientObservationCustomizer(ObservationRegistry registry, ListableBeanFactory beanFactory) {
		this.registry = registry;
		this.beanFactory = beanFactory;
	}

	@Override
	public void customize(String name, ResilientWebSocketClient.Builder builder) {
		if (!isPlain() || !isOnlyForMeters()) {
			builder.component(ObservationRegistry.class, this.registry);
		}
	}

	// a registry of another kind, such as that of a test, has handlers that are no beans
	private boolean isPlain() {
		return this.registry.getClass() == ObservationRegistry.create().getClass();
	}

	// handlers may depend on clients, so only their types are looked at
	private boolean isOnlyForMeters() {
		String[] handlers = this.beanFactory.getBeanNamesForType(ObservationHandler.class, true, false);
		return handlers.length > 0 && Arrays.stream(handlers).allMatch(this::isMeter);
	}

	private boolean isMeter(String handler) {
		Class<?> type = this.beanFactory.getType(handler, false);
		return type != null && MeterObservationHandler.class.isAssignableFrom(type);
	}

}
