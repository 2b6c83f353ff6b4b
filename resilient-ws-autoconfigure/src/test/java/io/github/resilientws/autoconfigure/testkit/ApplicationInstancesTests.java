package io.github.resilientws.autoconfigure.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.test.context.ApplicationInstance;
import io.github.resilientws.test.context.ApplicationInstances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Instances that a test starts, kills and stops.
 */
class ApplicationInstancesTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final TestWebSocketServer server = TestWebSocketServer.start(TestWebSocketServer::answerAcks);

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	private ApplicationInstances.Builder builder() {
		return ApplicationInstances.builder(Application.class).server("orders", this.server);
	}

	private ApplicationInstances.Builder shared() {
		return builder().property("resilient-ws.clients.orders.queue.store", "jdbc")
			.property("resilient-ws.clients.orders.delivery.guarantee", "at-least-once");
	}

	@Test
	void oneInstanceOwnsTheLineAndTheOtherOneStandsBy() {
		try (ApplicationInstances instances = shared().start(2)) {
			ApplicationInstance owner = instances.awaitOwner("orders", LIMIT);
			assertThat(instances.owner("orders")).isSameAs(owner);
			ApplicationInstance standby = instances.awaitStandby("orders", LIMIT);
			assertThat(instances.standby("orders")).isSameAs(standby);
			assertThat(instances.running()).containsExactlyInAnyOrder(owner, standby);
		}
	}

	@Test
	void killedOwnerSendsNoCloseFrameAndKeepsItsLeaseUntilItExpires() {
		try (ApplicationInstances instances = shared().property("resilient-ws.cluster.lease", "3s").start(2)) {
			ApplicationInstance owner = instances.awaitOwner("orders", LIMIT);
			ApplicationInstance standby = instances.awaitStandby("orders", LIMIT);
			this.server.seen().awaitConnections(1, LIMIT);
			JdbcTemplate jdbc = new JdbcTemplate(standby.getBean(DataSource.class));
			instances.kill(owner);
			this.server.seen().awaitConnections(0, LIMIT);
			awaitClosed(owner);
			assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM RESILIENT_WS_INSTANCE WHERE NAME LIKE ?",
					Integer.class, owner + ":%"))
				.isOne();
			assertThat(instances.awaitOwner("orders", LIMIT)).isSameAs(standby);
			assertThat(this.server.seen().closes()).isEmpty();
		}
	}

	@Test
	void stoppedOwnerHandsTheLineOver() {
		try (ApplicationInstances instances = shared().property("resilient-ws.cluster.lease", "1m").start(2)) {
			ApplicationInstance owner = instances.awaitOwner("orders", LIMIT);
			this.server.seen().awaitConnections(1, LIMIT);
			instances.stop(owner);
			assertThat(instances.awaitOwner("orders", LIMIT)).isNotSameAs(owner);
			assertThat(this.server.seen().closes()).containsExactly(1000);
		}
	}

	@Test
	void transactionOfAKilledInstanceIsRolledBackWithItsMessages() {
		try (ApplicationInstances instances = shared().start(2)) {
			ApplicationInstance killed = instances.running().get(0);
			ApplicationInstance other = instances.running().get(1);
			ResilientWebSocketClient client = killed.getClient("orders");
			TransactionTemplate transaction = new TransactionTemplate(killed.getBean(JdbcTransactionManager.class));
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> transaction.executeWithoutResult((status) -> {
					new JdbcTemplate(killed.getBean(DataSource.class)).update("CREATE TABLE NEW_TABLE (ID INT)");
					client.send("lost");
					instances.kill(killed);
				}));
			other.getClient("orders").send("kept").join();
			assertThat(this.server.seen().texts()).noneMatch((text) -> text.contains("lost"))
				.anyMatch((text) -> text.contains("kept"));
		}
	}

	@Test
	void killedInstanceDoesNotReachTheDatabase() throws Exception {
		try (ApplicationInstances instances = shared().start(1)) {
			ApplicationInstance killed = instances.running().get(0);
			DataSource dataSource = killed.getBean(DataSource.class);
			Connection open = dataSource.getConnection();
			instances.kill(killed);
			assertThatExceptionOfType(SQLException.class).isThrownBy(open::createStatement)
				.withMessage("the instance was killed");
			assertThatExceptionOfType(SQLException.class).isThrownBy(dataSource::getConnection)
				.withMessage("the instance was killed");
		}
	}

	@Test
	void instanceThatStartsLaterTakesPart() {
		try (ApplicationInstances instances = shared().start(1)) {
			ApplicationInstance first = instances.awaitOwner("orders", LIMIT);
			ApplicationInstance second = instances.start();
			instances.stop(first);
			assertThat(instances.awaitOwner("orders", LIMIT)).isSameAs(second);
		}
	}

	@Test
	void clientWithoutAServerConnectsToLoopbackOnly() {
		try (ApplicationInstances instances = builder()
			.property("resilient-ws.clients.prices.url", "wss://prices.example.com/feed")
			.start(1)) {
			ResilientWebSocketClient prices = instances.running().get(0).getClient("prices");
			Awaitility.await().atMost(LIMIT).until(() -> prices.getState() == ConnectionState.FAILED);
			assertThat(prices.getStatus().lastCause().describe()).contains("prices.example.com", "not allowed");
		}
	}

	@Test
	void whenEachInstanceConnectsThenThereIsNoOwner() {
		try (ApplicationInstances instances = builder().start(2)) {
			this.server.seen().awaitConnections(2, LIMIT);
			assertThatIllegalStateException().isThrownBy(() -> instances.owner("orders"))
				.withMessage("The client 'orders' is connected by 2 instances: does it have 'cluster.mode: one'?");
		}
	}

	@Test
	void whenNoInstanceOwnsTheLineThenSaysSo() {
		try (ApplicationInstances instances = shared().start(1)) {
			ApplicationInstance owner = instances.awaitOwner("orders", LIMIT);
			owner.getClient("orders").disconnect().join();
			assertThatIllegalStateException().isThrownBy(() -> instances.owner("orders"))
				.withMessage("No instance owns the line of the client 'orders': [instance-1 is CLOSED]");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> instances.awaitOwner("orders", Duration.ofMillis(50)))
				.withMessageContaining("within PT0.05S: [instance-1 is CLOSED]");
			assertThatIllegalStateException().isThrownBy(() -> instances.standby("orders"))
				.withMessage("The client 'orders' stands by in no instance: [instance-1 is CLOSED]");
		}
	}

	@Test
	void instanceEndsOnce() {
		try (ApplicationInstances instances = shared().start(1)) {
			ApplicationInstance instance = instances.running().get(0);
			instances.stop(instance);
			assertThatIllegalArgumentException().isThrownBy(() -> instances.kill(instance))
				.withMessage("'instance-1' does not run");
		}
	}

	@Test
	void whenAnInstanceDoesNotStartThenTheOthersAreStopped() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> shared().property("fail-at", 2).start(2));
		this.server.seen().awaitConnections(0, LIMIT);
		assertThat(Application.running).hasValue(0);
	}

	@Test
	void databaseInMemoryIsGoneAtTheEnd() {
		String url;
		try (ApplicationInstances instances = shared().start(1)) {
			url = instances.running().get(0).getContext().getEnvironment().getProperty("spring.datasource.url");
		}
		assertThat(url).startsWith("jdbc:h2:mem:");
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(url + ";IFEXISTS=TRUE", "sa", ""))
			.withMessageContaining("not found");
	}

	private static void awaitClosed(ApplicationInstance instance) {
		Awaitility.await().atMost(LIMIT).until(() -> !instance.getContext().isActive());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		static final AtomicInteger running = new AtomicInteger();

		@Bean(destroyMethod = "stop")
		Marker marker(@Value("${fail-at:0}") int failAt, @Value("${HOSTNAME}") String name) {
			if (name.equals("instance-" + failAt)) {
				throw new IllegalStateException("fails");
			}
			return new Marker();
		}

	}

	static final class Marker {

		Marker() {
			Application.running.incrementAndGet();
		}

		void stop() {
			Application.running.decrementAndGet();
		}

	}

}
