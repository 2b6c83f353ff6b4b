package io.github.resilientws.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.TransactionalWriter;
import io.github.resilientws.store.TransactionalWriter.RolledBackException;
import io.github.resilientws.store.UndecidedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for transactions whose messages are in the store.
 */
class StoreTransactionTests {

	@ParameterizedTest
	@Databases
	void ownerReadsTheMessagesOfATransaction(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			StoreFixture.Received received = new StoreFixture.Received();
			store.own(StoreFixture.ownership(1), received).request(10);
			transactions(fixture).executeWithoutResult((status) -> {
				send(store, "b");
				send(store, "a");
			});
			Awaitility.await("the look of the owner")
				.atMost(StoreFixture.SOON)
				.untilAsserted(() -> assertThat(received.ids()).containsExactly("b", "a"));
			assertThat(received.messages.get(0).message().payload()).asString().isEqualTo("payload of b");
		}
	}

	@ParameterizedTest
	@Databases
	void commitWithoutAnAnswerThatTookPlaceIsFoundOut(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			CompletableFuture<Long> future = sendAndLoseTheAnswer(fixture, store, true);
			assertThat(future).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(fixture.jdbc.queryForObject("SELECT POSITION FROM RESILIENT_WS_MESSAGE", Long.class));
		}
	}

	@ParameterizedTest
	@Databases
	void commitWithoutAnAnswerThatDidNotTakePlaceIsFoundOut(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			store.own(fixture.takeLine(1), new StoreFixture.Received());
			CompletableFuture<Long> future = sendAndLoseTheAnswer(fixture, store, false);
			assertThat(future).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(RolledBackException.class);
		}
	}

	@ParameterizedTest
	@Databases
	void commitWithoutAnAnswerIsUndecidedIfTheOwnerItselfHasDelivered(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			StoreFixture.Received received = new StoreFixture.Received();
			store.own(fixture.takeLine(1), received).request(10);
			fixture.dataSource.onBreak = () -> {
				Awaitility.await("the look of the owner")
					.atMost(StoreFixture.SOON)
					.until(() -> received.ids().contains("a"));
				fixture.jdbc.update("DELETE FROM RESILIENT_WS_MESSAGE");
			};
			CompletableFuture<Long> future = sendAndLoseTheAnswer(fixture, store, true);
			assertThat(future).failsWithin(StoreFixture.SOON)
				.withThrowableThat()
				.withCauseInstanceOf(UndecidedException.class);
		}
	}

	@ParameterizedTest
	@Databases
	void messageThatDoesNotFitDoesNotHarmTheTransaction(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			transactions(fixture).executeWithoutResult((status) -> {
				assertThat(send(store, "x".repeat(201))).isCompletedExceptionally();
				send(store, "a");
			});
			assertThat(fixture.ids()).containsExactly("a");
		}
	}

	private static CompletableFuture<Long> sendAndLoseTheAnswer(StoreFixture fixture, JdbcOutboxStore store,
			boolean committed) {
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		fixture.dataSource.breakOnce("INSERT INTO RESILIENT_WS_MESSAGE", committed);
		assertThatException()
			.isThrownBy(() -> transactions(fixture).executeWithoutResult((status) -> futures.add(send(store, "a"))));
		return futures.get(0);
	}

	private static CompletableFuture<Long> send(JdbcOutboxStore store, String id) {
		TransactionalWriter writer = store.transactional();
		assertThat(writer).isNotNull();
		return writer.append(StoreFixture.message(id));
	}

	private static TransactionTemplate transactions(StoreFixture fixture) {
		JdbcTransactionManager transactionManager = new JdbcTransactionManager(fixture.dataSource);
		transactionManager.addListener(new TransactionPhaseListener());
		return new TransactionTemplate(transactionManager);
	}

}
