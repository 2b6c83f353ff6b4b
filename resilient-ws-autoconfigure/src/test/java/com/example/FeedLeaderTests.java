package com.example;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of {@code docs/several-instances.md}: contexts that elect the owner of a
 * feed by a lock in a database.
 */
class FeedLeaderTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String YAML = """
			resilient-ws:
			  clients:
			    feed:
			      url: '%s'
			      cluster: { mode: one, election: events }
			""";

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final JdbcDataSource dataSource = new JdbcDataSource();

	/** Connections that were open when an instance began to connect. */
	private final List<Integer> openBefore = new CopyOnWriteArrayList<>();

	@BeforeEach
	void createTables() {
		this.dataSource.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		new ResourceDatabasePopulator(new ClassPathResource("org/springframework/integration/jdbc/schema-h2.sql"))
			.execute(this.dataSource);
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void anotherInstanceConnectsWhenTheOwnerCloses() {
		ConfigurableApplicationContext owner = run();
		awaitState(owner, ConnectionState.READY);
		for (int i = 0; i < 3; i++) {
			ConfigurableApplicationContext next = run();
			awaitState(next, ConnectionState.STANDBY);
			assertThat(this.server.seen().connectionCount()).isOne();
			owner.close();
			awaitState(next, ConnectionState.READY);
			owner = next;
		}
		owner.close();
		this.server.seen().awaitConnections(0, LIMIT);
		assertThat(this.openBefore).containsExactly(0, 0, 0, 0);
		assertThat(this.server.seen().closes()).containsExactly(1000, 1000, 1000, 1000);
	}

	private ConfigurableApplicationContext run() {
		HandshakeCustomizer recorder = (handshake) -> this.openBefore.add(this.server.seen().connectionCount());
		return Contexts.application(WebApplicationType.NONE, YAML.formatted(this.server.url()), FeedLeader.class)
			.initializers((context) -> {
				ConfigurableListableBeanFactory beans = context.getBeanFactory();
				beans.registerSingleton("dataSource", this.dataSource);
				beans.registerSingleton("transactionManager", new JdbcTransactionManager(this.dataSource));
				beans.registerSingleton("recorder", recorder);
			})
			.run();
	}

	private static void awaitState(ConfigurableApplicationContext context, ConnectionState state) {
		ResilientWebSocketClient feed = context.getBean(ResilientWebSocketClient.class);
		Awaitility.await().atMost(LIMIT).until(() -> feed.getState() == state);
	}

}
