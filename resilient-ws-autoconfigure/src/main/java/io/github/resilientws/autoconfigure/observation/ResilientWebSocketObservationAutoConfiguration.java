package io.github.resilientws.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;

/**
 * Auto-configuration of the observations of clients.
 *
 * @since 0.1
 */
@AutoConfiguration(after = ResilientWebSocketAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(value = ResilientWebSocketClients.class, search = SearchStrategy.CURRENT)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
public final class ResilientWebSocketObservationAutoConfiguration {

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	ClientObservationCustomizer resilientWebSocketClientObservationCustomizer(ObservationRegistry registry,
			ConfigurableListableBeanFactory beanFactory) {
		return new ClientObservationCustomizer(registry, beanFactory);
	}

}
