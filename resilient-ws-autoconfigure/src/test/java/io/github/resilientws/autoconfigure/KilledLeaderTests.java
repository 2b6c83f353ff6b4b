package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.github.resilientws.test.ReceivedHandshake;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three JVMs elect a leader by Spring Integration's locks in a database, and the leader
 * is killed. Run by {@code .ci/run}; {@code -Dcluster.runs=10} makes it longer.
 */
@Tag("cluster")
class KilledLeaderTests {

	private static final int RUNS = Integer.getInteger("cluster.runs", 2);

	private static final Duration TAKE_OVER = ElectedApplication.LOCK_TIME.plusSeconds(10);

	private static final long SAMPLE_NANOS = Duration.ofMillis(1).toNanos();

	private final Map<String, Process> processes = new HashMap<>();

	private final AtomicInteger mostConnections = new AtomicInteger();

	private TestWebSocketServer server;

	private Server databaseServer;

	private String database;

	@BeforeEach
	void start() throws IOException, SQLException {
		this.server = TestWebSocketServer.start();
		this.databaseServer = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-ifNotExists").start();
		this.database = "jdbc:h2:tcp://127.0.0.1:" + this.databaseServer.getPort() + "/mem:locks;DB_CLOSE_DELAY=-1";
		new ResourceDatabasePopulator(new ClassPathResource("org/springframework/integration/jdbc/schema-h2.sql"))
			.execute(new DriverManagerDataSource(this.database, "sa", ""));
		for (String name : List.of("a", "b", "c")) {
			start(name);
		}
		this.server.seen().awaitHandshakes(1, TAKE_OVER);
	}

	@AfterEach
	void stop() {
		this.processes.values().forEach(Process::destroyForcibly);
		this.server.close();
		this.databaseServer.stop();
	}

	@Test
	@Timeout(400)
	void oneInstanceAtATimeIsConnected() throws Exception {
		Thread sampler = new Thread(this::sample);
		sampler.setDaemon(true);
		sampler.start();
		for (int run = 0; run < RUNS; run++) {
			String killed = owner();
			this.processes.get(killed).destroyForcibly().waitFor();
			await("another instance connects").atMost(TAKE_OVER).until(() -> !owner().equals(killed));
			start(killed);
		}
		sampler.interrupt();
		assertThat(this.mostConnections).hasValue(1);
		System.out.printf("%d leaders killed, at most %s connection%n", RUNS, this.mostConnections);
	}

	private void start(String name) throws IOException {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-Dlogging.threshold.console=off", "-cp", classPath, ElectedApplication.class.getName(),
				this.database, this.server.url().toString(), name)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		this.processes.put(name, process);
		assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("started");
	}

	private String owner() {
		List<ReceivedHandshake> handshakes = this.server.seen().handshakes();
		return handshakes.get(handshakes.size() - 1).header("x-instance");
	}

	private void sample() {
		while (!Thread.currentThread().isInterrupted()) {
			this.mostConnections.accumulateAndGet(this.server.seen().connectionCount(), Math::max);
			LockSupport.parkNanos(SAMPLE_NANOS);
		}
	}

}
