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

import io.github.resilientws.DeadLetter.Cause;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.OutboxFeed;
import io.github.resilientws.store.OutboxRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a database that is unavailable, loses connections, or refuses rows.
 */
class StoreFailureTests {

	private static final MessageFailure EXPIRED = new MessageFailure(Reason.EXPIRED, null, "too old", 0);

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
	void committedAppendWhoseAnswerIsLostGetsItsPosition(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			fixture.dataSource.breakOnce(INSERT, true);
			CompletableFuture<long[]> future = store.append(StoreFixture.messages("a"));
			assertThat(future).succeedsWithin(StoreFixture.SOON)
				.satisfies((positions) -> assertThat(positions[0]).isPositive());
			assertThat(fixture.ids()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void appendIsOpenWhileItsOutcomeIsUnknown(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			fixture.dataSource.breakOnce(INSERT, true);
			CompletableFuture<long[]> future = store.append(StoreFixture.messages("a"));
			await("the connection is lost").until(() -> store.getProblem() != null);
			fixture.dataSource.refusing = true;
			int requested = fixture.dataSource.requested;
			await("two trials fail").until(() -> fixture.dataSource.requested >= requested + 2);
			assertThat(future).isNotDone();
			fixture.dataSource.refusing = false;
			assertThat(future).succeedsWithin(StoreFixture.SOON);
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
	void endWhoseAnswerIsLostTookPlace(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition position = StoreFixture.append(store, "a");
			fixture.dataSource.breakOnce("INSERT INTO RESILIENT_WS_ENDED", true);
			MessageFailure dead = new MessageFailure(Reason.UNDELIVERABLE, Cause.POISON, "ten times", 10);
			assertThat(store.end(position, dead, fixture.takeLine(1))).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(true);
			assertThat(fixture.ended()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void endThatWasNotCommittedIsTriedAgain(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition position = StoreFixture.append(store, "a");
			fixture.dataSource.breakOnce("INSERT INTO RESILIENT_WS_ENDED", false);
			MessageFailure dead = new MessageFailure(Reason.UNDELIVERABLE, Cause.POISON, "ten times", 10);
			assertThat(store.end(position, dead, fixture.takeLine(1))).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(true);
			assertThat(fixture.ids()).isEmpty();
			assertThat(fixture.ended()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void endWhoseAnswerIsLostTookPlaceEvenIfTheLineIsLost(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition position = StoreFixture.append(store, "a");
			Ownership ownership = fixture.takeLine(1);
			fixture.dataSource.breakOnce("DELETE FROM RESILIENT_WS_MESSAGE", true);
			CompletableFuture<Boolean> end = store.end(position, EXPIRED, ownership);
			await("the connection is lost").until(() -> store.getProblem() != null);
			fixture.takeLine(2);
			assertThat(end).succeedsWithin(StoreFixture.SOON).isEqualTo(true);
		}
	}

	@ParameterizedTest
	@Databases
	void endThatWasNotCommittedBeforeTheLineIsLostDoesNotTakePlace(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition position = StoreFixture.append(store, "a");
			Ownership ownership = fixture.takeLine(1);
			fixture.dataSource.breakOnce("DELETE FROM RESILIENT_WS_MESSAGE", false);
			CompletableFuture<Boolean> end = store.end(position, EXPIRED, ownership);
			await("the connection is lost").until(() -> store.getProblem() != null);
			fixture.takeLine(2);
			assertThat(end).succeedsWithin(StoreFixture.SOON).isEqualTo(false);
			assertThat(fixture.ids()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void failureIsFoundAlthoughTheAnswerToItsDeletionIsLost(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			MessagePosition position = StoreFixture.append(sender, "a");
			fixture.open().end(position, EXPIRED, fixture.takeLine(1)).join();
			fixture.dataSource.breakOnce("DELETE FROM RESILIENT_WS_ENDED", true);
			assertThat(sender.find(List.of("a"))).succeedsWithin(StoreFixture.SOON)
				.satisfies((progress) -> assertThat(progress.failed()).containsKey("a"));
		}
	}

	@ParameterizedTest
	@Databases
	void storeGoesOnAfterAnError(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			StoreFixture.append(store, "a");
			fixture.dataSource.error = new NoClassDefFoundError("of a driver");
			assertThat(store.append(StoreFixture.messages("b"))).failsWithin(StoreFixture.SOON);
			await("the next trial").until(() -> store.getProblem() == null);
			StoreFixture.append(store, "c");
			assertThat(fixture.ids()).containsExactly("a", "c");
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
