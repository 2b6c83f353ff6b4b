package io.github.resilientws.endurance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.resilientws.endurance.SharedHistory.Message;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.test.ReceivedMessage.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three JVMs share a line and its messages, and their database is stopped, or cannot be
 * reached, or its answers are lost, while all of them send. Run by {@code .ci/run};
 * {@code -Doutage.runs=3} makes it longer.
 */
@Tag("cluster")
class DatabaseOutageTests {

	private static final int RUNS = Integer.getInteger("outage.runs", 1);

	private static final Duration OUTAGE = Duration.ofSeconds(10);

	private static final Duration BACK = Duration.ofSeconds(2).plus(SharedLine.SLACK);

	/** The stores notice within so long that the database is down. */
	private static final Duration SHUTDOWN = Duration.ofSeconds(1);

	private static final Duration REJECTION = Duration.ofMillis(50).plus(SharedLine.SLACK);

	private static final List<String> INSTANCES = List.of("a", "b", "c");

	@TempDir
	Path directory;

	@TempDir
	Path data;

	private EmbeddedPostgres database;

	private SharedLine line;

	@BeforeEach
	void start() throws Exception {
		this.database = startDatabase(0);
		this.line = new SharedLine(SharedDatabase.create(Database.POSTGRESQL, this.database.getPort()), this.directory);
		for (String instance : INSTANCES) {
			this.line.start(instance);
			this.line.ask(instance, "send 3 3");
		}
		this.line.awaitOwner();
	}

	private EmbeddedPostgres startDatabase(int port) throws IOException {
		EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
			.setDataDirectory(this.data)
			.setCleanDataDirectory(false);
		return ((port != 0) ? builder.setPort(port) : builder).start();
	}

	@AfterEach
	void stop() throws IOException {
		this.line.close();
		this.database.close();
	}

	@Test
	@Timeout(300)
	void nothingIsLostWhenTheDatabaseIsStopped() throws Exception {
		for (int run = 0; run < RUNS; run++) {
			this.line.awaitFrame(BACK);
			int port = this.database.getPort();
			this.database.close();
			long down = System.nanoTime();
			await("the database is down").pollDelay(OUTAGE).atMost(OUTAGE.multipliedBy(2)).until(() -> true);
			long up = System.nanoTime();
			assertThat(framesBetween(down, up)).isLessThanOrEqualTo(SharedClient.WINDOW);
			assertRejectedSoon(down, up);
			this.database = startDatabase(port);
			long back = System.nanoTime();
			this.line.awaitFrame(BACK);
			System.out.printf("messages flow after %d ms%n", Duration.ofNanos(System.nanoTime() - back).toMillis());
		}
		this.line.assertClean(this.line.finish(), this.line.handshakes().size() - 1);
		this.line.assertOwnersWriteInTurn();
	}

	@Test
	@Timeout(200)
	void anotherInstanceTakesTheLineOfAnOwnerWithoutDatabase() throws Exception {
		for (int run = 0; run < RUNS; run++) {
			this.line.awaitFrame(BACK);
			String owner = this.line.owner();
			this.line.proxy(owner).cut();
			this.line.awaitOtherOwner(owner, SharedLine.TAKE_OVER);
			this.line.awaitFrame(SharedLine.SLACK);
			this.line.proxy(owner).restore();
		}
		this.line.assertClean(this.line.finish(), RUNS);
		this.line.assertOwnersWriteInTurn();
	}

	@Test
	@Timeout(200)
	void nothingIsLostWhenTheAnswerToACommitIsLost() throws Exception {
		List<String> statements = List.of("COMMIT", "INSERT INTO RESILIENT_WS_MESSAGE");
		for (int run = 0; run < RUNS * 4; run++) {
			for (String instance : INSTANCES) {
				boolean broken = this.line.proxy(instance).breakAt(statements.get(run % 2), (request) -> {
					request.pass();
					request.awaitAnswer();
				}).await(10, TimeUnit.SECONDS);
				assertThat(broken).isTrue();
			}
		}
		this.line.assertClean(this.line.finish(), this.line.handshakes().size() - 1);
	}

	private long framesBetween(long from, long to) {
		return this.line.server()
			.seen()
			.received(Kind.TEXT)
			.stream()
			.filter((message) -> message.nanos() > from && message.nanos() < to)
			.count();
	}

	// the first ones may wait until the failure is known
	private void assertRejectedSoon(long down, long up) throws IOException {
		List<Message> rejected = this.line.recorded()
			.stream()
			.filter((message) -> "REJECTED".equals(message.failure) && !message.id.contains("-t"))
			.filter((message) -> message.begun > down + SHUTDOWN.toNanos() && message.begun < up)
			.toList();
		assertThat(rejected).isNotEmpty();
		System.out.printf("%d sends rejected, at most after %d ms%n", rejected.size(),
				Duration.ofNanos(
						rejected.stream().mapToLong((message) -> message.completed - message.begun).max().getAsLong())
					.toMillis());
		assertThat(rejected).allSatisfy(
				(message) -> assertThat(Duration.ofNanos(message.completed - message.begun)).isLessThan(REJECTION));
	}

}
