package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.endpoint.ClientDescriptor.ClusterDescriptor;
import io.github.resilientws.autoconfigure.endpoint.ResilientWebSocketEndpoint;
import io.github.resilientws.settings.ClusterSettings.Mode;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A client whose instances are elected by leases in a database.
 */
class JdbcElectionIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String YAML = """
			spring: { application: { name: prices }, datasource: { url: '%2$s', hikari: { maximum-pool-size: 1 } } }
			management: { endpoints: { web: { exposure: { include: '*' } } } }
			resilient-ws:
			  cluster: { lease: 1s }
			  clients: { feed: { url: '%1$s', cluster: { mode: one } } }
			""";

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	/** Connections that were open when an instance began to connect. */
	private final List<Integer> openBefore = new CopyOnWriteArrayList<>();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void anotherInstanceConnectsWhenTheOwnerCloses() {
		ConfigurableApplicationContext owner = run(YAML);
		awaitState(owner, ConnectionState.READY);
		long fence = cluster(owner).fence();
		assertThat(cluster(owner).owner()).isNotBlank();
		for (int i = 0; i < 3; i++) {
			ConfigurableApplicationContext next = run(YAML);
			awaitState(next, ConnectionState.STANDBY);
			// written with a heartbeat of the owner, and read by a look of the other
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(health(next).getDetails()).containsEntry("ownerState", "READY"));
			String name = cluster(owner).instance();
			assertThat(health(next).getDetails()).containsEntry("owner", name);
			assertThat(cluster(next))
				.isEqualTo(new ClusterDescriptor("one", "jdbc", "prices", name, name, null, null, 0, 2));
			assertThat(cluster(owner)).isEqualTo(
					new ClusterDescriptor("one", "jdbc", "prices", name, name, fence, cluster(owner).since(), 1, 2));
			owner.close();
			awaitState(next, ConnectionState.READY);
			assertThat(cluster(next).fence()).isGreaterThan(fence);
			fence = cluster(next).fence();
			owner = next;
		}
		owner.close();
		this.server.seen().awaitConnections(0, LIMIT);
		assertThat(this.openBefore).containsExactly(0, 0, 0, 0);
		assertThat(this.server.seen().closes()).containsExactly(1000, 1000, 1000, 1000);
	}

	@Test
	void emptyPoolCostsNoLease() throws Exception {
		try (ConfigurableApplicationContext context = run(YAML)) {
			awaitState(context, ConnectionState.READY);
			try (Connection only = context.getBean(DataSource.class).getConnection()) {
				assertThat(only.isValid(1)).isTrue();
				Instances instances = new Instances(this.database);
				long beat = instances.beat();
				Awaitility.await().atMost(LIMIT).until(() -> instances.beat() > beat + 6);
				assertThat(client(context).getState()).isEqualTo(ConnectionState.READY);
			}
		}
		assertThat(this.openBefore).hasSize(1);
	}

	@Test
	void restartTakesPartAgain() {
		try (ConfigurableApplicationContext context = run(YAML)) {
			awaitState(context, ConnectionState.READY);
			context.stop();
			assertThat(client(context).getState()).isEqualTo(ConnectionState.CLOSED);
			context.start();
			awaitState(context, ConnectionState.READY);
		}
		assertThat(this.openBefore).containsExactly(0, 0);
	}

	@Test
	void applicationWithoutSuchAClientHasNoTables() {
		String yaml = YAML.replace("mode: one", "mode: each");
		try (ConfigurableApplicationContext context = run(yaml)) {
			awaitState(context, ConnectionState.READY);
			assertThat(new Instances(this.database).tables()).isZero();
			ResilientWebSocketClient tenant = context.getBean(ResilientWebSocketClients.class)
				.create("tenant", (builder) -> builder.urls(List.of(URI.create(this.server.url().toString())))
					.cluster((cluster) -> cluster.withMode(Mode.ONE)));
			Awaitility.await().atMost(LIMIT).until(() -> tenant.getState() == ConnectionState.READY);
			assertThat(new Instances(this.database).tables()).isEqualTo(4);
		}
		assertThat(new Instances(this.database).count()).isZero();
	}

	@Test
	void missingTablesAreNamedWithTheirScript() {
		FailureAnalysis analysis = Failures
			.analyze(catchThrowable(() -> run(YAML + "  jdbc: { initialize-schema: never }\n")));
		assertThat(analysis.getDescription()).contains("RESILIENT_WS_LINE");
		assertThat(analysis.getAction()).isEqualTo(
				"Run the script 'classpath:io/github/resilientws/store/jdbc/schema-h2.sql', or set 'resilient-ws.jdbc.initialize-schema' to always.");
	}

	@Test
	void wrongScriptIsNamed() {
		FailureAnalysis analysis = Failures.analyze(catchThrowable(() -> run(YAML + "  jdbc: { platform: db9 }\n")));
		assertThat(analysis.getDescription()).contains("schema-@@platform@@.sql");
		assertThat(analysis.getAction()).contains("'resilient-ws.jdbc.platform'");
	}

	@Test
	void applicationStartsThoughTheDatabaseIsAway() {
		String yaml = YAML.formatted(this.server.url(), "jdbc:h2:tcp://localhost:1/prices")
			.replace("cluster: { mode: one }", "cluster: { mode: one }, health: { grace-period: 0 }");
		try (ConfigurableApplicationContext context = Contexts.run(WebApplicationType.NONE, yaml)) {
			awaitState(context, ConnectionState.STANDBY);
			Awaitility.await().atMost(LIMIT).until(() -> health(context).getDetails().containsKey("election"));
			assertThat(health(context).getStatus().getCode()).isEqualTo("DOWN");
		}
	}

	@Test
	void qualifiedDataSourceIsUsed() {
		try (ConfigurableApplicationContext context = run(YAML, Two.class, Qualified.class)) {
			awaitState(context, ConnectionState.READY);
			assertThat(new Instances("jdbc:h2:mem:own").count()).isOne();
		}
	}

	@Test
	void severalDataSourcesNeedAQualifier() {
		FailureAnalysis analysis = Failures.analyze(catchThrowable(() -> run(YAML, Two.class)));
		assertThat(analysis.getAction()).contains("@ResilientWebSocketDataSource");
	}

	private ConfigurableApplicationContext run(String yaml, Class<?>... sources) {
		HandshakeCustomizer recorder = (handshake) -> this.openBefore.add(this.server.seen().connectionCount());
		return Contexts.application(WebApplicationType.NONE, yaml.formatted(this.server.url(), this.database), sources)
			.initializers((context) -> context.getBeanFactory().registerSingleton("recorder", recorder))
			.run();
	}

	private static ResilientWebSocketClient client(ConfigurableApplicationContext context) {
		return context.getBean("feedWebSocketClient", ResilientWebSocketClient.class);
	}

	private static ClusterDescriptor cluster(ConfigurableApplicationContext context) {
		return context.getBean(ResilientWebSocketEndpoint.class).client("feed").cluster();
	}

	private static IndicatedHealthDescriptor health(ConfigurableApplicationContext context) {
		return (IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class).healthForPath("resilientWs", "feed");
	}

	private static void awaitState(ConfigurableApplicationContext context, ConnectionState state) {
		ResilientWebSocketClient feed = client(context);
		Awaitility.await().atMost(LIMIT).until(() -> feed.getState() == state);
	}

	/**
	 * The tables of the election, seen from outside.
	 *
	 * @param jdbc access to the database
	 */
	private record Instances(JdbcTemplate jdbc) {

		Instances(String url) {
			this(new JdbcTemplate(new DriverManagerDataSource(url, "sa", "")));
		}

		long tables() {
			return count("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE 'RESILIENT%'");
		}

		long count() {
			return count("SELECT COUNT(*) FROM RESILIENT_WS_INSTANCE");
		}

		long beat() {
			return count("SELECT SUM(BEAT) FROM RESILIENT_WS_INSTANCE");
		}

		private long count(String sql) {
			Long result = this.jdbc.queryForObject(sql, Long.class);
			return (result != null) ? result : 0;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Two {

		@Bean
		HikariDataSource one() {
			return dataSource("jdbc:h2:mem:one");
		}

		@Bean
		HikariDataSource another() {
			return dataSource("jdbc:h2:mem:another");
		}

		static HikariDataSource dataSource(String url) {
			HikariDataSource dataSource = new HikariDataSource();
			dataSource.setJdbcUrl(url);
			dataSource.setUsername("sa");
			return dataSource;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Qualified {

		@Bean
		@ResilientWebSocketDataSource
		HikariDataSource own() {
			return Two.dataSource("jdbc:h2:mem:own");
		}

	}

}
