package io.github.resilientws.endurance;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.github.resilientws.test.ReceivedHandshake;
import io.github.resilientws.test.ReceivedMessage;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three JVMs share a line by leases in a database, and their owner is killed, frozen or
 * stopped. Run by {@code .ci/run}; {@code -Dcluster.runs=10} makes it longer.
 */
@Tag("cluster")
class LostOwnerTests {

	private static final int RUNS = Integer.getInteger("cluster.runs", 2);

	private static final Duration SLACK = Duration.ofSeconds(2);

	private static final Duration TAKE_OVER = ElectedClient.LEASE.plusSeconds(1).plus(SLACK);

	private final Map<String, JvmProcess> processes = new HashMap<>();

	private final AtomicInteger mostConnections = new AtomicInteger();

	private TestWebSocketServer server;

	private EmbeddedPostgres database;

	@BeforeEach
	void start() throws IOException {
		this.server = TestWebSocketServer.start();
		this.database = EmbeddedPostgres.start();
		new ResourceDatabasePopulator(new ClassPathResource("io/github/resilientws/store/jdbc/schema-postgresql.sql"))
			.execute(this.database.getPostgresDatabase());
		for (String name : List.of("a", "b", "c")) {
			start(name);
		}
		awaitOwner(1, TAKE_OVER.plusSeconds(20));
	}

	@AfterEach
	void stop() throws IOException {
		this.processes.values().forEach(JvmProcess::close);
		this.server.close();
		this.database.close();
	}

	@Test
	@Timeout(300)
	void anotherInstanceConnectsWhenTheOwnerIsKilled() throws Exception {
		Thread sampler = new Thread(this::sample);
		sampler.setDaemon(true);
		sampler.start();
		for (int run = 1; run <= RUNS; run++) {
			String killed = owner();
			this.processes.get(killed).kill();
			awaitOwner(run + 1, TAKE_OVER);
			assertThat(owner()).isNotEqualTo(killed);
			start(killed);
		}
		sampler.interrupt();
		assertThat(this.mostConnections).hasValue(1);
		assertFencesGrow();
	}

	@Test
	@Timeout(300)
	void frozenOwnerWritesNothingAfterAnotherOneHasWritten() throws Exception {
		for (int run = 1; run <= RUNS; run++) {
			String frozen = owner();
			this.processes.get(frozen).signal("STOP");
			int texts = this.server.seen().texts().size();
			awaitOwner(run + 1, TAKE_OVER);
			await().atMost(SLACK).until(() -> this.server.seen().texts().size() > texts);
			assertThat(owner()).isNotEqualTo(frozen);
			await("it stays frozen").pollDelay(ElectedClient.LEASE).until(() -> true);
			this.processes.get(frozen).signal("CONT");
			await("it could write now").pollDelay(ElectedClient.LEASE).until(() -> true);
		}
		assertFencesGrow();
		assertOwnersWriteInTurn();
	}

	@Test
	@Timeout(300)
	void stoppedOwnerHandsTheLineOver() throws Exception {
		for (int run = 1; run <= RUNS; run++) {
			String stopped = owner();
			this.processes.get(stopped).end();
			awaitOwner(run + 1, Duration.ofSeconds(1).plus(SLACK));
			assertThat(owner()).isNotEqualTo(stopped);
			start(stopped);
		}
		assertFencesGrow();
		assertOwnersWriteInTurn();
	}

	private void start(String name) throws IOException {
		JvmProcess process = JvmProcess.start(ElectedClient.class, this.server.url().toString(),
				this.database.getJdbcUrl("postgres", "postgres"), name);
		this.processes.put(name, process);
		await().atMost(TAKE_OVER.plusSeconds(20)).until(() -> process.lines().contains("started"));
	}

	private void awaitOwner(int number, Duration limit) {
		this.server.seen().awaitHandshakes(number, limit);
	}

	private String owner() {
		List<ReceivedHandshake> handshakes = this.server.seen().handshakes();
		return handshakes.get(handshakes.size() - 1).header("x-instance");
	}

	private void sample() {
		while (!Thread.currentThread().isInterrupted()) {
			this.mostConnections.accumulateAndGet(this.server.seen().connectionCount(), Math::max);
			Thread.onSpinWait();
		}
	}

	private void assertFencesGrow() {
		assertThat(this.server.seen().handshakes().stream().map((one) -> Long.parseLong(one.header("x-fence"))))
			.isSorted()
			.doesNotHaveDuplicates();
	}

	private void assertOwnersWriteInTurn() {
		assertThat(this.server.seen().received(ReceivedMessage.Kind.TEXT).stream().map(ReceivedMessage::connection))
			.isSorted();
	}

}
