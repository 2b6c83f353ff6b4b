package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A client whose instances are elected by leases in MariaDB.
 */
@Tag("mariadb")
class MariaDbElectionIntegrationTests {

	private static final String YAML = """
			spring: { application: { name: prices }, datasource: { url: '%2$s' } }
			resilient-ws:
			  jdbc: { initialize-schema: %3$s }
			  clients: { feed: { url: '%1$s', cluster: { mode: one } } }
			""";

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final String url = createDatabase();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private static String createDatabase() {
		String url = System.getProperty("mariadb.url");
		String name = "test_" + UUID.randomUUID().toString().replace("-", "");
		new JdbcTemplate(new DriverManagerDataSource(url)).execute("CREATE DATABASE " + name);
		return url.replace("/?", "/" + name + "?");
	}

	@Test
	void tablesAreCreatedByTheScriptOfThePlatform() {
		try (ConfigurableApplicationContext owner = run("always")) {
			awaitState(owner, ConnectionState.READY);
			try (ConfigurableApplicationContext next = run("always")) {
				awaitState(next, ConnectionState.STANDBY);
				owner.close();
				awaitState(next, ConnectionState.READY);
			}
		}
		assertThat(new JdbcTemplate(new DriverManagerDataSource(this.url)).queryForList("""
				SELECT DISTINCT COLLATION_NAME FROM INFORMATION_SCHEMA.COLUMNS
				WHERE TABLE_SCHEMA = DATABASE() AND COLLATION_NAME IS NOT NULL
				""", String.class)).containsExactly("utf8mb4_nopad_bin");
	}

	@Test
	void missingTablesAreNamedWithTheirScript() {
		FailureAnalysis analysis = Failures.analyze(catchThrowable(() -> run("never")));
		assertThat(analysis.getAction()).contains("schema-mariadb.sql");
	}

	private ConfigurableApplicationContext run(String initializeSchema) {
		return Contexts.run(WebApplicationType.NONE, YAML.formatted(this.server.url(), this.url, initializeSchema));
	}

	private static void awaitState(ConfigurableApplicationContext context, ConnectionState state) {
		ResilientWebSocketClient feed = context.getBean(ResilientWebSocketClient.class);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> feed.getState() == state);
	}

}
