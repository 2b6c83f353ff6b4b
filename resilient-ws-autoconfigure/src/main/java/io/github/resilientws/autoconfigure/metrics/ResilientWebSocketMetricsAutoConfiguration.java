package io.github.resilientws.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;

/**
 * Auto-configuration of the meters of clients.
 *
 * @since 0.1
 */
@AutoConfiguration(after = ResilientWebSocketAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(value = ResilientWebSocketClients.class, search = SearchStrategy.CURRENT)
public final class ResilientWebSocketMetricsAutoConfiguration {

	// before the lifecycle, which connects
	@Bean
	@Order(0)
	@ConditionalOnBean(MeterRegistry.class)
	ClientMetricsBinder resilientWebSocketClientMetricsBinder(MeterRegistry registry, ListableBeanFactory beanFactory) {
		return new ClientMetricsBinder(registry, beanFactory.getBeanNamesForType(MeterRegistry.class).length == 0);
	}

	// exists once an election needs it, so that an application without one has no such
	// meters
	@Bean
	@Lazy
	@ConditionalOnBean(MeterRegistry.class)
	HeartbeatMetrics resilientWebSocketHeartbeatMetrics(MeterRegistry registry) {
		return new HeartbeatMetrics(registry);
	}

	@Bean
	@Lazy
	@ConditionalOnBean(MeterRegistry.class)
	StoreMetrics resilientWebSocketStoreMetrics(MeterRegistry registry) {
		return new StoreMetrics(registry);
	}

}
