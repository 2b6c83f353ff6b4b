package io.github.resilientws.store.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.params.ParameterizedTest;
import org.slf4j.LoggerFactory;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.OutboxFeed;
import io.github.resilientws.store.OutboxRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a database that is unavailable, loses connections, or refuses rows.
 */
class StoreFailureTests {

	private static final String INSERT = "INSERT INTO RESILIENT_WS_MESSAGE";

	@ParameterizedTest
	@Databases
	void appendFailsIfThereIsNoConnection(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			fixture.dataSource.refusing = true;
			JdbcOutboxStore store = fixture.open();
			assertThat(store.append(StoreFixture.messages("a"))).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(IOException.class)
				.withMessageContaining("Connection refused");
			assertThat(store.getProblem()).contains("Connection refused").contains("since");
		}
	}

	@ParameterizedTest
	@Databases
	void appendFailsAtOnceWhileTheDatabaseIsKnownToBeDown(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			fixture.dataSource.refusing = true;
			assertThat(store.append(StoreFixture.messages("a"))).failsWithin(StoreFixture.SOON);
			int requested = fixture.dataSource.requested;
			for (int i = 0; i < 1000; i++) {
				assertThat(store.append(StoreFixture.messages("b"))).isCompletedExceptionally();
			}
			assertThat(fixture.dataSource.requested - requested).isLessThan(10);
		}
	}

	@ParameterizedTest
	@Databases
	void storeFindsOutByItselfThatTheDatabaseIsBack(Database database) {
		try (StoreFixture fixture = new StoreFixture(database); Log log = new Log()) {
			JdbcOutboxStore store = fixture.open();
			fixture.dataSource.refusing = true;
			assertThat(store.append(StoreFixture.messages("a"))).failsWithin(StoreFixture.SOON);
			await("a second trial fails, too").until(() -> fixture.dataSource.requested > 1);
			fixture.dataSource.refusing = false;
			await("the next trial").until(() -> store.getProblem() == null);
			StoreFixture.append(store, "a");
			assertThat(log.lines()).containsExactly("WARN [chat] store fails: Connection refused (SQL state 08001)",
					"INFO [chat] store works again");
		}
	}

	@ParameterizedTest
	@Databases
	void appendFailsAtOnceWhileAStatementTakesTooLong(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open("chat", Duration.ofMillis(300));
			FaultyDataSource.Gate gate = fixture.dataSource.hold(INSERT);
			CompletableFuture<long[]> stuck = store.append(StoreFixture.messages("a"));
			gate.reached().await();
			await("the store timeout passes").until(() -> store.getProblem() != null);
			assertThat(store.append(StoreFixture.messages("b"))).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withMessageContaining("the database has not answered");
			assertThat(stuck).isNotDone();
			gate.open().countDown();
			assertThat(stuck).succeedsWithin(StoreFixture.SOON);
			assertThat(store.getProblem()).isNull();
		}
	}

	@ParameterizedTest
	@Databases
	void badRowDoesNotHarmItsNeighbours(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			fixture.jdbc.execute("ALTER TABLE RESILIENT_WS_MESSAGE " + ((database == Database.MARIADB)
					? "MODIFY MESSAGE_KEY VARCHAR(5)" : "ALTER COLUMN MESSAGE_KEY SET DATA TYPE VARCHAR(5)"));
			JdbcOutboxStore store = fixture.open();
			FaultyDataSource.Gate gate = fixture.dataSource.hold(INSERT);
			List<CompletableFuture<long[]>> good = new ArrayList<>();
			good.add(store.append(StoreFixture.messages("first")));
			gate.reached().await();
			good.add(store.append(StoreFixture.messages("a")));
			CompletableFuture<long[]> bad = store
				.append(List.of(new OutboxRecord("bad", "secret", true, new byte[] { 1 }, 1, 0, 0, null)));
			good.add(store.append(StoreFixture.messages("b")));
			gate.open().countDown();
			assertThat(CompletableFuture.allOf(good.toArray(CompletableFuture[]::new)))
				.succeedsWithin(StoreFixture.SOON);
			assertThat(good).allMatch((future) -> future.join()[0] > 0);
			assertThat(bad).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withMessageContaining("the database refuses the data")
				.withMessageNotContaining("secret");
			assertThat(fixture.ids()).containsExactly("first", "a", "b");
			assertThat(store.getProblem()).isNull();
		}
	}

	@ParameterizedTest
	@Databases
	void removalIsTriedAgainUntilItSucceeds(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition position = StoreFixture.append(store, "a");
			fixture.dataSource.breakOnce("DELETE FROM RESILIENT_WS_MESSAGE", false);
			assertThat(store.remove(List.of(position))).succeedsWithin(StoreFixture.SOON);
			assertThat(fixture.ids()).isEmpty();
		}
	}

	@ParameterizedTest
	@Databases
	void storeGoesOnAfterAnError(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			StoreFixture.append(store, "a");
			fixture.dataSource.error = new NoClassDefFoundError("of a driver");
			StoreFixture.append(store, "b");
			assertThat(fixture.ids()).containsExactly("a", "b");
		}
	}

	@ParameterizedTest
	@Databases
	void feedGoesOnWhenTheDatabaseIsBack(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore owner = fixture.open();
			StoreFixture.Received received = new StoreFixture.Received();
			OutboxFeed feed = owner.own(fixture.takeLine(1), received);
			feed.request(10);
			StoreFixture.append(owner, "a");
			fixture.dataSource.refusing = true;
			await("a look fails").until(() -> owner.getProblem() != null);
			fixture.dataSource.refusing = false;
			StoreFixture.append(fixture.open(), "b");
			await("the feed looks").untilAsserted(() -> assertThat(received.ids()).containsExactly("a", "b"));
		}
	}

	@ParameterizedTest
	@Databases
	void missingTableFailsCallsButIsNoLostConnection(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			StoreFixture.append(store, "a");
			fixture.jdbc.execute("ALTER TABLE RESILIENT_WS_ENDED RENAME TO HIDDEN");
			assertThat(store.deadLetters()).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withMessageContaining("SQL state 42");
			StoreFixture.append(store, "b");
		}
	}

	/** Records what stores log. */
	private static final class Log implements AutoCloseable {

		private final Logger logger = (Logger) LoggerFactory.getLogger(JdbcOutboxStore.class);

		private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

		private Log() {
			this.logger.setLevel(Level.INFO);
			this.appender.start();
			this.logger.addAppender(this.appender);
		}

		private List<String> lines() {
			return List.copyOf(this.appender.list)
				.stream()
				.filter((event) -> event.getLevel().isGreaterOrEqual(Level.INFO))
				.map((event) -> event.getLevel() + " " + event.getFormattedMessage())
				.toList();
		}

		@Override
		public void close() {
			this.logger.detachAppender(this.appender);
			this.logger.setLevel(null);
		}

	}

}
