package io.github.resilientws.autoconfigure.health;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ClientConfigurations;
import io.github.resilientws.autoconfigure.ClientElections;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;

/**
 * Auto-configuration of the health contributor {@code resilientWs}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = ResilientWebSocketAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(value = { ResilientWebSocketClients.class, ClientConfigurations.class },
		search = SearchStrategy.CURRENT)
@ConditionalOnEnabledHealthIndicator("resilientws")
public final class ResilientWebSocketHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "resilientWsHealthContributor", search = SearchStrategy.CURRENT)
	CompositeHealthContributor resilientWsHealthContributor(ResilientWebSocketClients clients,
			ClientConfigurations configurations, ClientElections elections) {
		return new ClientsHealthContributor(clients, configurations, elections);
	}

}
