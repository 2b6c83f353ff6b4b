package io.github.resilientws.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionDefinition;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.TransactionalWriter.RolledBackException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for messages that become part of a transaction.
 */
class JdbcTransactionalWriterTests {

	private static final int NESTED = TransactionDefinition.PROPAGATION_NESTED;

	private static final int REQUIRES_NEW = TransactionDefinition.PROPAGATION_REQUIRES_NEW;

	@ParameterizedTest
	@Databases
	void commitStoresTheMessagesInTheirOrder(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		store.execute((status) -> {
			store.send("b");
			store.order("1");
			store.send("a");
		});
		assertThat(store.messages()).containsExactly("b", "a");
	}

	@ParameterizedTest
	@Databases
	void futuresCompleteWithThePositions(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		store.execute((status) -> futures.addAll(List.of(store.send("a"), store.send("b"))));
		assertThat(futures).extracting(CompletableFuture::join).doesNotContain(0L).isSorted();
		assertThat(store.committed).containsEntry("a", futures.get(0).join()).containsEntry("b", futures.get(1).join());
	}

	@ParameterizedTest
	@Databases
	void futureIsOpenUntilTheEndOfTheTransaction(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		store.execute((status) -> {
			CompletableFuture<Long> future = store.send("a");
			store.execute(NESTED, (nested) -> {
				store.send("b");
				nested.setRollbackOnly();
			});
			assertThat(future).isNotDone();
		});
	}

	@ParameterizedTest
	@Databases
	void nothingIsInsertedBeforeTheCommit(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		store.execute((status) -> {
			store.send("a");
			assertThat(countInTransaction(store)).isZero();
		});
	}

	@ParameterizedTest
	@Databases
	void rollbackStoresNothing(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		assertThatIllegalStateException().isThrownBy(() -> store.execute((status) -> {
			futures.add(store.send("a"));
			throw new IllegalStateException("not today");
		}));
		assertRolledBack(futures.get(0));
		assertThat(store.messages()).isEmpty();
	}

	@ParameterizedTest
	@Databases
	void rollbackOnlyStoresNothing(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		store.execute((status) -> {
			futures.add(store.send("a"));
			status.setRollbackOnly();
		});
		assertRolledBack(futures.get(0));
		assertThat(store.messages()).isEmpty();
	}

	@ParameterizedTest
	@Databases
	void rollbackToASavepointTakesItsMessagesAlong(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> nestedFutures = new ArrayList<>();
		store.execute((status) -> {
			store.send("a");
			store.execute(NESTED, (nested) -> {
				nestedFutures.add(store.send("b"));
				nested.setRollbackOnly();
			});
			store.send("c");
			store.execute(NESTED, (nested) -> store.send("d"));
		});
		assertThat(store.messages()).containsExactly("a", "c", "d");
		assertRolledBack(nestedFutures.get(0));
	}

	@ParameterizedTest
	@Databases
	void rollbackToASavepointBeforeTheFirstMessage(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		store.execute((status) -> {
			store.execute(NESTED, (nested) -> {
				store.send("a");
				nested.setRollbackOnly();
			});
			store.send("b");
		});
		assertThat(store.messages()).containsExactly("b");
	}

	@ParameterizedTest
	@Databases
	void rollbackToASavepointDoesNotTakeEarlierMessagesAlong(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		store.execute((status) -> {
			store.send("a");
			store.execute(NESTED, (nested) -> {
				sendMany(store, TransactionMessages.MOST_WAITING);
				assertThat(countInTransaction(store)).as("inserted after the savepoint").isPositive();
				nested.setRollbackOnly();
			});
		});
		assertThat(store.messages()).containsExactly("a");
	}

	@ParameterizedTest
	@Databases
	void idOfARolledBackMessageIsFree(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		store.execute((status) -> {
			store.execute(NESTED, (nested) -> {
				store.send("a");
				nested.setRollbackOnly();
			});
			futures.add(store.send("a"));
		});
		assertThat(futures.get(0).join()).isPositive();
	}

	@ParameterizedTest
	@Databases
	void newTransactionHasItsOwnMessages(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> outer = new ArrayList<>();
		store.execute((status) -> {
			outer.add(store.send("a"));
			store.execute(REQUIRES_NEW, (inner) -> store.send("b"));
			assertThat(store.messages()).containsExactly("b");
			outer.add(store.send("c"));
			status.setRollbackOnly();
		});
		assertThat(store.messages()).containsExactly("b");
		outer.forEach(JdbcTransactionalWriterTests::assertRolledBack);
	}

	@ParameterizedTest
	@Databases
	void manyMessagesAreInsertedEarly(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		store.execute((status) -> {
			sendMany(store, TransactionMessages.MOST_WAITING - 1);
			assertThat(countInTransaction(store)).isZero();
			store.send("last");
			assertThat(countInTransaction(store)).isEqualTo(TransactionMessages.MOST_WAITING);
			store.send("after");
		});
		assertThat(store.messages()).hasSize(TransactionMessages.MOST_WAITING + 1).endsWith("last", "after");
	}

	@ParameterizedTest
	@Databases
	void idOfAnUnfinishedMessageHarmsOnlyItsMessage(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		store.execute((status) -> store.send("a"));
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		store.execute((status) -> {
			store.order("1");
			futures.addAll(List.of(store.send("a"), store.send("b")));
		});
		assertThat(futures.get(0)).isCompletedWithValue(0L);
		assertThat(futures.get(1).join()).isPositive();
		assertThat(store.orders()).containsExactly("1");
	}

	@ParameterizedTest
	@Databases
	void secondMessageOfAnIdIsADuplicate(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		store.execute((status) -> futures.addAll(List.of(store.send("a"), store.send("a"))));
		assertThat(futures.get(0).join()).isPositive();
		assertThat(futures.get(1)).isCompletedWithValue(0L);
	}

	static void assertRolledBack(CompletableFuture<Long> future) {
		assertThat(future).isCompletedExceptionally();
		assertThatExceptionOfType(RolledBackException.class).isThrownBy(() -> {
			try {
				future.join();
			}
			catch (RuntimeException ex) {
				throw ex.getCause();
			}
		});
	}

	private static void sendMany(TransactionalStore store, int count) {
		IntStream.range(0, count).forEach((i) -> store.send("many-" + i));
	}

	private static int countInTransaction(TransactionalStore store) {
		return new JdbcTemplate(store.dataSource).queryForObject("SELECT COUNT(*) FROM RESILIENT_WS_MESSAGE",
				Integer.class);
	}

}
