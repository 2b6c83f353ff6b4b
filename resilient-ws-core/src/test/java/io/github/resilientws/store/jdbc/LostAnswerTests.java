package io.github.resilientws.store.jdbc;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.params.ParameterizedTest;

import io.github.resilientws.DeadLetter.Cause;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.UndecidedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for statements whose answer is lost with the connection.
 */
class LostAnswerTests {

	private static final MessageFailure EXPIRED = new MessageFailure(Reason.EXPIRED, null, "too old", 0);

	private static final String INSERT = "INSERT INTO RESILIENT_WS_MESSAGE";

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
	void appendThatWasNotCommittedIsDoneAgainBeforeLaterOnes(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			StoreFixture.Received received = new StoreFixture.Received();
			store.own(fixture.takeLine(1), received).request(10);
			FaultyDataSource.Gate gate = fixture.dataSource.hold(INSERT);
			fixture.dataSource.breakOnce(INSERT, false);
			CompletableFuture<long[]> first = store.append(StoreFixture.messages("a"));
			gate.reached().await();
			CompletableFuture<long[]> second = store.append(StoreFixture.messages("b"));
			gate.open().countDown();
			assertThat(first).succeedsWithin(StoreFixture.SOON)
				.satisfies((positions) -> assertThat(positions[0]).isPositive());
			second.handle((positions, failure) -> 0).join();
			assertThat(fixture.ids()).startsWith("a");
			await("it is read").untilAsserted(() -> assertThat(received.ids()).startsWith("a"));
		}
	}

	@ParameterizedTest
	@Databases
	void messageThatBreaksConnectionsDoesNotStopTheOthers(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			fixture.dataSource.breakAlways(INSERT);
			CompletableFuture<long[]> future = store.append(StoreFixture.messages("a"));
			assertThat(future).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(UndecidedException.class);
			fixture.dataSource.breakOnce("no statement", false);
			await("the next trial").until(() -> store.getProblem() == null);
			StoreFixture.append(store, "b");
		}
	}

	@ParameterizedTest
	@Databases
	void appendThatAnotherInstanceRemovedBeforeTheAnswerIsKnownDoesNotFail(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			fixture.dataSource.breakOnce(INSERT, true);
			CompletableFuture<long[]> future = store.append(StoreFixture.messages("a"));
			await("the connection is lost").until(() -> store.getProblem() != null);
			fixture.jdbc.update("DELETE FROM RESILIENT_WS_MESSAGE");
			assertThat(future).succeedsWithin(StoreFixture.SOON)
				.satisfies((positions) -> assertThat(positions[0]).isPositive());
		}
	}

	@ParameterizedTest
	@Databases
	void ownerReadsAMessageOnceWhoseAnswerIsLost(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			StoreFixture.Received received = new StoreFixture.Received();
			store.own(fixture.takeLine(1), received).request(10);
			StoreFixture.append(store, "a");
			fixture.dataSource.breakOnce(INSERT, true);
			store.append(StoreFixture.messages("b")).join();
			StoreFixture.append(store, "c");
			await("all are read").untilAsserted(() -> assertThat(received.ids()).containsExactly("a", "b", "c"));
		}
	}

	@ParameterizedTest
	@Databases
	void transactionWhoseCommitHasNoAnswerIsResolved(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			store.own(fixture.takeLine(1), new StoreFixture.Received());
			long since = System.nanoTime();
			MessagePosition stored = StoreFixture.append(store, "a");
			assertThat(store.resolve(StoreFixture.messages("a", "b"), since)).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(new long[] { stored.position(), 0 });
			assertThat(store.resolve(StoreFixture.messages("b"), since)).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(new long[] { 0 });
		}
	}

	@ParameterizedTest
	@Databases
	void transactionThatAnotherInstanceHasPerhapsDeliveredIsUndecided(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			assertThat(store.resolve(StoreFixture.messages("b"), System.nanoTime())).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(UndecidedException.class);
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

}
