package io.github.resilientws.autoconfigure.cluster;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.leader.event.AbstractLeaderEvent;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;

/**
 * Auto-configuration of the election {@code events}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = ResilientWebSocketAutoConfiguration.class)
@ConditionalOnClass(AbstractLeaderEvent.class)
@ConditionalOnBean(value = ResilientWebSocketClients.class, search = SearchStrategy.CURRENT)
public final class ResilientWebSocketEventElectionAutoConfiguration {

	@Bean
	EventElection resilientWebSocketEventsElection() {
		return new EventElection();
	}

}
