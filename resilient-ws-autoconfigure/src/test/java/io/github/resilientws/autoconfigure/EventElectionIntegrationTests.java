package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.DefaultCandidate;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;
import org.springframework.integration.support.leader.LockRegistryLeaderInitiator;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.endpoint.ClientDescriptor.ClusterDescriptor;
import io.github.resilientws.autoconfigure.endpoint.ResilientWebSocketEndpoint;
import io.github.resilientws.event.WebSocketOwnershipEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client whose instances are elected by the leader events of Spring Integration.
 */
class EventElectionIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String YAML = """
			resilient-ws:
			  clients:
			    feed:
			      url: '%s'
			      cluster: { mode: one, election: events }
			database: '%s'
			management: { endpoints: { web: { exposure: { include: '*' } } } }
			""";

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	private final List<Integer> openBefore = new CopyOnWriteArrayList<>();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void clientFollowsPublishedEvents() {
		try (ConfigurableApplicationContext context = run(Ownerships.class)) {
			awaitState(context, ConnectionState.STANDBY);
			Context leader = () -> true;
			context.publishEvent(new OnGrantedEvent(this, leader, "other"));
			context.publishEvent(new OnGrantedEvent(this, leader, "feed"));
			awaitState(context, ConnectionState.READY);
			assertThat(this.server.seen().connectionCount()).isOne();
			assertThat(cluster(context))
				.isEqualTo(new ClusterDescriptor("one", "events", null, 0L, cluster(context).since()));
			assertThat(cluster(context).since()).isNotNull();
			context.publishEvent(new OnRevokedEvent(this, leader, "feed"));
			awaitState(context, ConnectionState.STANDBY);
			this.server.seen().awaitConnections(0, LIMIT);
			assertThat(cluster(context)).isEqualTo(new ClusterDescriptor("one", "events", null, null, null));
			assertThat(health(context)).isEqualTo(new String[] { "UP", "STANDBY", "UNKNOWN" });
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(context.getBean(Ownerships.class).changes).containsExactly("ACQUIRED 0",
						"LOST 0"));
			context.restart();
			awaitState(context, ConnectionState.STANDBY);
		}
	}

	@Test
	void anotherInstanceConnectsWhenTheOwnerCloses() {
		createTables();
		ConfigurableApplicationContext owner = runLeader();
		awaitState(owner, ConnectionState.READY);
		for (int i = 0; i < 3; i++) {
			ConfigurableApplicationContext next = runLeader();
			awaitState(next, ConnectionState.STANDBY);
			assertThat(this.server.seen().connectionCount()).isOne();
			owner.close();
			awaitState(next, ConnectionState.READY);
			owner = next;
		}
		owner.close();
		this.server.seen().awaitConnections(0, LIMIT);
		assertThat(this.openBefore).containsExactly(0, 0, 0, 0);
		assertThat(this.server.seen().closes()).containsOnly(1000);
	}

	private static ClusterDescriptor cluster(ConfigurableApplicationContext context) {
		return context.getBean(ResilientWebSocketEndpoint.class).client("feed").cluster();
	}

	private static String[] health(ConfigurableApplicationContext context) {
		IndicatedHealthDescriptor health = (IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class)
			.healthForPath("resilientWs", "feed");
		return new String[] { health.getStatus().getCode(), String.valueOf(health.getDetails().get("state")),
				String.valueOf(health.getDetails().get("ownerState")) };
	}

	private void createTables() {
		DataSource dataSource = dataSource(this.database);
		new ResourceDatabasePopulator(new ClassPathResource("org/springframework/integration/jdbc/schema-h2.sql"))
			.execute(dataSource);
	}

	private static DataSource dataSource(String url) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl(url);
		return dataSource;
	}

	private ConfigurableApplicationContext runLeader() {
		return run(Leader.class);
	}

	private ConfigurableApplicationContext run(Class<?> source) {
		HandshakeCustomizer recorder = (handshake) -> this.openBefore.add(this.server.seen().connectionCount());
		return Contexts.application(WebApplicationType.NONE, YAML.formatted(this.server.url(), this.database), source)
			.initializers((context) -> context.getBeanFactory().registerSingleton("recorder", recorder))
			.run();
	}

	private static ResilientWebSocketClient client(ConfigurableApplicationContext context) {
		return context.getBean(ResilientWebSocketClient.class);
	}

	private static void awaitState(ConfigurableApplicationContext context, ConnectionState state) {
		Awaitility.await().atMost(LIMIT).until(() -> client(context).getState() == state);
	}

	@Configuration(proxyBeanMethods = false)
	static class Leader {

		@Bean
		DataSource dataSource(@Value("${database}") String url) {
			return EventElectionIntegrationTests.dataSource(url);
		}

		@Bean
		PlatformTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		DefaultLockRepository lockRepository(DataSource dataSource) {
			return new DefaultLockRepository(dataSource);
		}

		@Bean
		JdbcLockRegistry lockRegistry(DefaultLockRepository repository) {
			return new JdbcLockRegistry(repository, Duration.ofSeconds(3));
		}

		@Bean
		LockRegistryLeaderInitiator feedLeader(JdbcLockRegistry locks) {
			LockRegistryLeaderInitiator leader = new LockRegistryLeaderInitiator(locks,
					new DefaultCandidate(UUID.randomUUID().toString(), "feed"));
			// stops after the clients, which close their connection before another
			// instance leads
			leader.setPhase(0);
			return leader;
		}

	}

	static class Ownerships {

		private final List<String> changes = new CopyOnWriteArrayList<>();

		@EventListener
		void on(WebSocketOwnershipEvent event) {
			this.changes.add(event.getChange() + " " + event.getFence());
		}

	}

}
