package io.github.resilientws.autoconfigure.endpoint;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ClientConfigurations;
import io.github.resilientws.autoconfigure.ClientElections;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;

/**
 * Auto-configuration of the endpoint {@code resilientws}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = ResilientWebSocketAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(value = { ResilientWebSocketClients.class, ClientConfigurations.class },
		search = SearchStrategy.CURRENT)
@ConditionalOnAvailableEndpoint(ResilientWebSocketEndpoint.class)
public final class ResilientWebSocketEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	ResilientWebSocketEndpoint resilientWebSocketEndpoint(ResilientWebSocketClients clients,
			ClientConfigurations configurations, ClientElections elections) {
		return new ResilientWebSocketEndpoint(clients, configurations, elections);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	@ConditionalOnBean(value = ResilientWebSocketEndpoint.class, search = SearchStrategy.CURRENT)
	@ConditionalOnAvailableEndpoint(endpoint = ResilientWebSocketEndpoint.class, exposure = EndpointExposure.WEB)
	ResilientWebSocketEndpointWebExtension resilientWebSocketEndpointWebExtension(ResilientWebSocketEndpoint endpoint) {
		return new ResilientWebSocketEndpointWebExtension(endpoint);
	}

}
