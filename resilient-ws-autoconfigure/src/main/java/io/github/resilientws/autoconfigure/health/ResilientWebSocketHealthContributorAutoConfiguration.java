package io.github.resilientws.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ClientConfiguration;
import io.github.resilientws.autoconfigure.ClientConfigurations;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;

/**
 * Auto-configuration of the health contributor {@code resilientWs}.
 */
@AutoConfiguration(after = ResilientWebSocketAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ ResilientWebSocketClient.class, ClientConfigurations.class })
@ConditionalOnEnabledHealthIndicator("resilientws")
public final class ResilientWebSocketHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "resilientWsHealthContributor")
	CompositeHealthContributor resilientWsHealthContributor(ResilientWebSocketClients clients,
			ClientConfigurations configurations) {
		Map<String, HealthIndicator> indicators = new LinkedHashMap<>();
		for (ResilientWebSocketClient client : clients) {
			ClientConfiguration configuration = configurations.find(client.getName());
			Duration gracePeriod = (configuration != null) ? configuration.gracePeriod() : Duration.ofSeconds(60);
			boolean critical = configuration == null || configuration.critical();
			indicators.put(client.getName(),
					new ResilientWebSocketHealthIndicator(client, gracePeriod, critical, Clock.systemUTC()));
		}
		return CompositeHealthContributor.fromMap(indicators);
	}

}
