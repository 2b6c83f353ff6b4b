package io.github.resilientws.autoconfigure.observation;

import java.lang.reflect.Method;
import java.util.Arrays;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;

/**
 * Enables observations of clients, unless they would only result in meters: clients have
 * exact meters themselves, and an observation per message has a cost.
 */
class ClientObservationCustomizer implements ResilientWebSocketClientCustomizer {

	private static final String BOOT = "org.springframework.boot.micrometer.observation.autoconfigure"
			+ ".ObservationAutoConfiguration";

	private final ObservationRegistry registry;

	private final ConfigurableListableBeanFactory beanFactory;

	ClientObservationCustomizer(ObservationRegistry registry, ConfigurableListableBeanFactory beanFactory) {
		this.registry = registry;
		this.beanFactory = beanFactory;
	}

	@Override
	public void customize(String name, ResilientWebSocketClient.Builder builder) {
		if (!isOfBoot() || !isOnlyForMeters()) {
			builder.component(ObservationRegistry.class, this.registry);
		}
	}

	// a registry that the application declares may have handlers that are not beans
	private boolean isOfBoot() {
		String[] names = names(ObservationRegistry.class);
		return Arrays.stream(names)
			.anyMatch((name) -> isDeclaredByBoot(name) && this.beanFactory.getBean(name) == this.registry);
	}

	private boolean isDeclaredByBoot(String name) {
		try {
			return this.beanFactory.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition
					&& isOfBoot(definition.getResolvedFactoryMethod());
		}
		catch (NoSuchBeanDefinitionException ex) {
			// an object that was registered without a definition
			return false;
		}
	}

	// a child context usually has its registry from its parent
	private String[] names(Class<?> type) {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type, true, false);
	}

	private static boolean isOfBoot(@Nullable Method factoryMethod) {
		return factoryMethod != null && factoryMethod.getDeclaringClass().getName().equals(BOOT);
	}

	// handlers may depend on clients, so only their types are examined
	private boolean isOnlyForMeters() {
		String[] handlers = names(ObservationHandler.class);
		return handlers.length > 0 && Arrays.stream(handlers).allMatch(this::isMeter);
	}

	private boolean isMeter(String handler) {
		Class<?> type = this.beanFactory.getType(handler, false);
		return type != null && MeterObservationHandler.class.isAssignableFrom(type);
	}

}
