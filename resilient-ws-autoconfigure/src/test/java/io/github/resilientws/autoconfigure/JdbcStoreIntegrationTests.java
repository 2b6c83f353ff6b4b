package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A client whose messages are in the database of the application.
 */
class JdbcStoreIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String YAML = """
			spring: { application: { name: shop }, datasource: { url: '%2$s' } }
			resilient-ws:
			  cluster: { lease: 1s }
			  clients:
			    orders: { url: '%1$s', delivery: { guarantee: at-least-once }, queue: { store: jdbc } }
			""";

	private final TestWebSocketServer server = TestWebSocketServer.start().answerAcks();

	private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void messageOfACommittedTransactionIsSent() {
		try (ConfigurableApplicationContext context = run(YAML)) {
			CompletableFuture<Delivery> sent = context.getBean(OrderService.class).place("book", false);
			assertThat(sent).succeedsWithin(LIMIT);
			assertThat(this.server.seen().texts()).singleElement().asString().contains("book");
			assertThat(orders(context)).isOne();
		}
	}

	@Test
	void messageOfARolledBackTransactionIsNotSent() {
		try (ConfigurableApplicationContext context = run(YAML)) {
			OrderService service = context.getBean(OrderService.class);
			assertThatIllegalStateException().isThrownBy(() -> service.place("book", true));
			assertThat(service.last()).failsWithin(LIMIT)
				.withThrowableThat()
				.havingCause()
				.isInstanceOfSatisfying(WebSocketDeliveryException.class,
						(failure) -> assertThat(failure.getReason()).isEqualTo(Reason.ROLLED_BACK));
			assertThat(orders(context)).isZero();
			assertThat(this.server.seen().texts()).isEmpty();
		}
	}

	@Test
	void theThreadOfATransactionCannotWaitForItsMessage() {
		try (ConfigurableApplicationContext context = run(YAML)) {
			OrderService service = context.getBean(OrderService.class);
			assertThatIllegalStateException().isThrownBy(() -> service.placeAndWait("book"))
				.withMessageContaining("after the commit");
			assertThat(orders(context)).isZero();
		}
	}

	@Test
	void oneInstanceSendsTheMessagesOfBoth() {
		try (ConfigurableApplicationContext owner = run(YAML)) {
			await(owner, ConnectionState.READY);
			try (ConfigurableApplicationContext standby = run(YAML)) {
				await(standby, ConnectionState.STANDBY);
				assertThat(client(standby).send("from the other")).succeedsWithin(LIMIT);
				assertThat(this.server.seen().handshakes()).hasSize(1);
				owner.close();
				await(standby, ConnectionState.READY);
				assertThat(client(standby).send("from the next")).succeedsWithin(LIMIT);
			}
		}
	}

	@Test
	void operationsOfTheStoreHaveTimers() {
		try (ConfigurableApplicationContext context = run(YAML)) {
			assertThat(client(context).send("hello")).succeedsWithin(LIMIT);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			for (String operation : new String[] { "append", "look", "remove" }) {
				Awaitility.await(operation)
					.atMost(LIMIT)
					.until(() -> registry.find("resilient.ws.store.duration")
						.tags("client", "orders", "operation", operation, "outcome", "success")
						.timer() != null);
			}
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> registry.get("resilient.ws.store.owed").tag("client", "orders").gauge().value() == 0);
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void messagesOfARemovedClientAreReported(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(YAML)) {
			context.getBean(JdbcTemplate.class)
				.update("INSERT INTO RESILIENT_WS_MESSAGE (LINE, MESSAGE_ID, ORIGIN, ACCEPTED, EXPIRES, IS_TEXT,"
						+ " PAYLOAD) VALUES ('shop/old-chat', 'a', 'x', 0, 0, TRUE, X'00')");
		}
		run(YAML).close();
		assertThat(output).contains("1 messages of 'old-chat' are stored");
	}

	@Test
	void initializationLeavesTablesOfALaterVersionAlone() {
		String yaml = YAML + "  jdbc: { initialize-schema: always }\n";
		try (ConfigurableApplicationContext context = run(yaml)) {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			jdbc.execute("ALTER TABLE RESILIENT_WS_MESSAGE ADD LATER INT DEFAULT 1 NOT NULL");
			jdbc.update(
					"INSERT INTO RESILIENT_WS_MESSAGE (LINE, MESSAGE_ID, ORIGIN, FORMAT, ACCEPTED, EXPIRES, IS_TEXT,"
							+ " PAYLOAD, LATER) VALUES ('shop/orders', 'a', 'x', 2, 0, 0, TRUE, X'00', 7)");
		}
		try (ConfigurableApplicationContext context = run(yaml)) {
			assertThat(client(context).send("hello")).succeedsWithin(LIMIT);
			assertThat(context.getBean(JdbcTemplate.class)
				.queryForObject("SELECT LATER FROM RESILIENT_WS_MESSAGE WHERE MESSAGE_ID = 'a'", Integer.class))
				.isEqualTo(7);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			queue: { store: jdbc } | queue: { store: jdbc }, cluster: { mode: each } | cluster.mode | each
			queue: { store: jdbc } | queue: { store: jdbc }, cluster: { election: events } | cluster.election | events
			queue: { store: jdbc } | queue: { store: jdbc, directory: outbox } | queue.directory | outbox
			queue: { store: jdbc } | queue: { store: jdbc, sync: always } | queue.sync | ALWAYS
			queue: { store: jdbc } | queue: { store: jdbc, sync-interval: 5ms } | queue.sync-interval | PT0.005S
			queue: { store: jdbc } | queue: { store: jdbc, poll-interval: 0 } | queue.poll-interval | 0
			queue: { store: jdbc } | queue: { store: jdbc, store-timeout: 1h } | queue.store-timeout | 1h
			guarantee: at-least-once | guarantee: at-most-once | queue.store | jdbc
			""")
	void settingThatDoesNotFitIsNamed(String part, String replacement, String key, String value) {
		Throwable failure = catchThrowable(() -> run(YAML.replace(part, replacement)));
		assertThat(Failures.analyze(failure).getDescription()).contains("resilient-ws.clients.orders." + key)
			.contains(value);
	}

	@Test
	void inheritedSettingsOfFilesDoNotDisturb() {
		try (ConfigurableApplicationContext context = run(
				YAML + "  defaults: { queue: { directory: outbox, sync: always } }\n")) {
			assertThat(client(context).send("hello")).succeedsWithin(LIMIT);
		}
	}

	private ConfigurableApplicationContext run(String yaml) {
		ConfigurableApplicationContext context = Contexts
			.application(WebApplicationType.NONE, yaml.formatted(this.server.url(), this.database), Orders.class)
			.run();
		context.getBean(JdbcTemplate.class).execute("CREATE TABLE IF NOT EXISTS ORDERS (NAME VARCHAR(100))");
		return context;
	}

	private static int orders(ConfigurableApplicationContext context) {
		Integer rows = context.getBean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM ORDERS", Integer.class);
		return (rows != null) ? rows : 0;
	}

	private static ResilientWebSocketClient client(ConfigurableApplicationContext context) {
		return context.getBean("ordersWebSocketClient", ResilientWebSocketClient.class);
	}

	private static void await(ConfigurableApplicationContext context, ConnectionState state) {
		Awaitility.await().atMost(LIMIT).until(() -> client(context).getState() == state);
	}

	@Configuration(proxyBeanMethods = false)
	static class Orders {

		@Bean
		OrderService orderService(JdbcTemplate jdbc, ResilientWebSocketClient partner) {
			return new OrderService(jdbc, partner);
		}

	}

	static class OrderService {

		private final JdbcTemplate jdbc;

		private final ResilientWebSocketClient partner;

		private CompletableFuture<Delivery> last = new CompletableFuture<>();

		OrderService(JdbcTemplate jdbc, ResilientWebSocketClient partner) {
			this.jdbc = jdbc;
			this.partner = partner;
		}

		@Transactional
		CompletableFuture<Delivery> place(String order, boolean failing) {
			this.jdbc.update("INSERT INTO ORDERS (NAME) VALUES (?)", order);
			this.last = this.partner.send(order);
			if (failing) {
				throw new IllegalStateException("rolled back");
			}
			return this.last;
		}

		CompletableFuture<Delivery> last() {
			return this.last;
		}

		@Transactional
		void placeAndWait(String order) {
			this.jdbc.update("INSERT INTO ORDERS (NAME) VALUES (?)", order);
			this.partner.send(order).join();
		}

	}

}
