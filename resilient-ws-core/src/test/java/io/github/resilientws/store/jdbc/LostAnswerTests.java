package io.github.resilientws.store.jdbc;

import org.junit.jupiter.params.ParameterizedTest;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.UndecidedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Appends and transactions whose commit got no answer.
 */
class LostAnswerTests {

	private static final String INSERT = "INSERT INTO RESILIENT_WS_MESSAGE";

	@ParameterizedTest
	@Databases
	void appendOfTheOwnerThatWasNotCommittedFails(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			store.own(fixture.takeLine(1), new StoreFixture.Received());
			fixture.dataSource.breakOnce(INSERT, false);
			assertThat(store.append(StoreFixture.messages("a"))).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withMessageContaining("it is certain that the message is not stored");
			assertThat(fixture.ids()).isEmpty();
		}
	}

	@ParameterizedTest
	@Databases
	void appendThatAnotherInstanceHasPerhapsDeliveredIsUndecided(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			fixture.dataSource.breakOnce(INSERT, true);
			fixture.dataSource.onBreak = () -> fixture.jdbc.update("DELETE FROM RESILIENT_WS_MESSAGE");
			assertThat(store.append(StoreFixture.messages("a"))).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(UndecidedException.class);
		}
	}

	@ParameterizedTest
	@Databases
	void appendBeforeTheLineWasTakenIsUndecided(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			fixture.dataSource.breakOnce(INSERT, true);
			fixture.dataSource.onBreak = () -> {
				fixture.jdbc.update("DELETE FROM RESILIENT_WS_MESSAGE");
				store.own(fixture.takeLine(2), new StoreFixture.Received());
			};
			assertThat(store.append(StoreFixture.messages("a"))).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(UndecidedException.class);
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

}
