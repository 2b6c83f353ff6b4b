package io.github.resilientws.internal.owner;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.settings.DeliverySettings.IdType;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two instances share tables to which a later version has added columns.
 */
class LaterSchemaTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final List<String> TABLES = List.of("MESSAGE", "ENDED", "LINE", "INSTANCE");

	@ParameterizedTest
	@Databases
	void columnsWithDefaultsDoNoHarm(Database database) {
		DataSource dataSource = database.create();
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		for (String table : TABLES) {
			jdbc.execute("ALTER TABLE RESILIENT_WS_" + table + " ADD LATER VARCHAR(10) DEFAULT 'later' NOT NULL");
		}
		try (TestWebSocketServer server = TestWebSocketServer.start();
				SharedInstance one = start("a", dataSource, server, ConnectionState.READY);
				SharedInstance other = start("b", dataSource, server, ConnectionState.STANDBY)) {
			ResilientWebSocketClient standby = other.client();
			assertThat(standby.send("poison")).failsWithin(LIMIT);
			List<DeadLetter> dead = standby.getDeadLetters().list();
			assertThat(dead).hasSize(1);
			assertThat(laterValues(jdbc, "ENDED")).containsOnly("later");
			server.answerAcks();
			assertThat(standby.getDeadLetters().resubmit(dead.get(0).id())).succeedsWithin(LIMIT);
			assertThat(standby.send("from the standby")).succeedsWithin(LIMIT);
			assertThat(one.client().send("from the owner")).succeedsWithin(LIMIT);
			assertThat(laterValues(jdbc, "LINE")).containsOnly("later");
			assertThat(laterValues(jdbc, "INSTANCE")).containsExactly("later", "later");
			one.close();
			await("the next owner connects").atMost(LIMIT).until(() -> standby.getState() == ConnectionState.READY);
			assertThat(standby.send("from the next owner")).succeedsWithin(LIMIT);
		}
	}

	private static SharedInstance start(String name, DataSource dataSource, TestWebSocketServer server,
			ConnectionState state) {
		SharedInstance instance = new SharedInstance(name, dataSource, server.url(),
				(builder) -> builder.delivery((delivery) -> delivery.withAckTimeout(Duration.ofSeconds(2))
					.withMaxAttempts(1)
					.withEnvelope("{\"id\":{{id}},\"data\":{{payload}}}", IdType.SEQUENCE)));
		instance.client().connect().join();
		await(name).atMost(LIMIT).until(() -> instance.client().getState() == state);
		return instance;
	}

	private static List<String> laterValues(JdbcTemplate jdbc, String table) {
		return jdbc.queryForList("SELECT LATER FROM RESILIENT_WS_" + table, String.class);
	}

}
