package io.github.resilientws.autoconfigure.cluster;

import java.util.List;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.support.JdbcUtils;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ResilientWebSocketAutoConfiguration;
import io.github.resilientws.autoconfigure.ResilientWebSocketDataSource;
import io.github.resilientws.autoconfigure.config.ClusterGroup;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties;
import io.github.resilientws.cluster.jdbc.HeartbeatListener;
import io.github.resilientws.cluster.jdbc.JdbcLineElection;
import io.github.resilientws.store.SharedOutboxStoreFactory;
import io.github.resilientws.store.StoreMonitor;
import io.github.resilientws.store.jdbc.JdbcOutboxStoreFactory;

/**
 * Auto-configuration of the election {@code jdbc} and the store {@code jdbc}. They exist
 * once a client needs them, so that an application without such a client has no tables.
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
	JdbcTables resilientWebSocketJdbcTables(ResilientWebSocketProperties properties, Environment environment,
			ObjectProvider<DataSource> dataSources,
			@ResilientWebSocketDataSource ObjectProvider<DataSource> qualified) {
		return JdbcTables.prepare(dataSources, qualified, properties.jdbc(),
				new ClusterGroup(properties.cluster(), environment));
	}

	@Bean
	@Lazy
	@ConditionalOnBean(JdbcTables.class)
	JdbcElection resilientWebSocketJdbcElection(JdbcTables tables, Environment environment,
			ObjectProvider<HeartbeatListener> heartbeatListeners) {
		ClusterGroup group = tables.group();
		JdbcLineElection election = new JdbcLineElection(tables.unpooled(), group.getName(), group.getLease(),
				InstanceName.of(environment), tables.prefix(), System::nanoTime);
		List<HeartbeatListener> listeners = heartbeatListeners.orderedStream().toList();
		election.setHeartbeatListener(
				(success, elapsed) -> listeners.forEach((listener) -> listener.onHeartbeat(success, elapsed)));
		return new JdbcElection(election);
	}

	@Bean
	@Lazy
	@ConditionalOnBean(JdbcTables.class)
	@ConditionalOnMissingBean(SharedOutboxStoreFactory.class)
	JdbcOutboxStoreFactory resilientWebSocketJdbcStoreFactory(JdbcTables tables, ObjectProvider<StoreMonitor> monitors,
			ResilientWebSocketClients clients, ConfigurableApplicationContext context) {
		context.addApplicationListener(new OrphanedMessages(tables, clients));
		List<StoreMonitor> all = monitors.orderedStream().toList();
		return new JdbcOutboxStoreFactory(tables.dataSource(), tables.forStatements(), tables.group().getName(),
				tables.prefix(), (client, operation, success, duration) -> all
					.forEach((monitor) -> monitor.completed(client, operation, success, duration)));
	}

}
