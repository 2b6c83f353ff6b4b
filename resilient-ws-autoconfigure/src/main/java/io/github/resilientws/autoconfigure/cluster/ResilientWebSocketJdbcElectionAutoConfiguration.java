package io.github.resilientws.autoconfigure.cluster;

import java.util.List;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.support.JdbcUtils;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;
import io.github.resilientws.autoconfigure.ResilientWebSocketDataSource;
import io.github.resilientws.autoconfigure.config.ClusterGroup;
import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;
import io.github.resilientws.autoconfigure.config.JdbcProperties;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties;
import io.github.resilientws.cluster.jdbc.HeartbeatListener;
import io.github.resilientws.cluster.jdbc.JdbcLineElection;

/**
 * Auto-configuration of the election {@code jdbc}. The election exists once a client
 * needs it, so that an application without such a client has no tables.
 *
 * @since 0.1
 */
@AutoConfiguration(after = ResilientWebSocketAutoConfiguration.class,
		afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@ConditionalOnClass({ JdbcUtils.class, PropertiesBasedDataSourceScriptDatabaseInitializer.class })
@ConditionalOnBean(DataSource.class)
@ImportRuntimeHints(SchemaRuntimeHints.class)
public final class ResilientWebSocketJdbcElectionAutoConfiguration {

	@Bean
	@Lazy
	@DependsOnDatabaseInitialization
	@ConditionalOnBean(value = ResilientWebSocketClients.class, search = SearchStrategy.CURRENT)
	JdbcElection resilientWebSocketJdbcElection(ResilientWebSocketProperties properties, Environment environment,
			ObjectProvider<DataSource> dataSources, @ResilientWebSocketDataSource ObjectProvider<DataSource> qualified,
			ObjectProvider<HeartbeatListener> heartbeatListeners) {
		ClusterGroup group = new ClusterGroup(properties.cluster(), environment);
		JdbcProperties jdbc = properties.jdbc();
		DataSource dataSource = choose(dataSources, qualified);
		new ElectionSchema(dataSource, jdbc).prepare();
		JdbcLineElection election = new JdbcLineElection(ElectionConnection.derive(dataSource), group.getName(),
				group.getLease(), InstanceName.of(environment), jdbc.tablePrefix(), System::nanoTime);
		List<HeartbeatListener> listeners = heartbeatListeners.orderedStream().toList();
		election.setHeartbeatListener(
				(success, elapsed) -> listeners.forEach((listener) -> listener.onHeartbeat(success, elapsed)));
		return new JdbcElection(election);
	}

	private static DataSource choose(ObjectProvider<DataSource> dataSources, ObjectProvider<DataSource> qualified) {
		DataSource own = qualified.getIfUnique();
		DataSource chosen = (own != null) ? own : dataSources.getIfUnique();
		if (chosen == null) {
			throw new InvalidConfigurationException(
					"The election of clients needs one DataSource, but there are several without a primary one",
					"Mark one DataSource bean with @ResilientWebSocketDataSource or @Primary.");
		}
		return chosen;
	}

}
