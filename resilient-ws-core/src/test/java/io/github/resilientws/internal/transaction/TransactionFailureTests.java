package io.github.resilientws.internal.transaction;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for inserts that fail, and for commits without an answer.
 */
class TransactionFailureTests {

	private static final int NESTED = TransactionDefinition.PROPAGATION_NESTED;

	@ParameterizedTest
	@Databases
	void insertThatFailsFailsTheCommit(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> store.execute((status) -> {
			store.order("1");
			futures.add(store.send(TransactionalStore.tooLong()));
		}));
		assertThat(store.orders()).isEmpty();
		assertNotTaken(futures.get(0));
	}

	@ParameterizedTest
	@Databases
	void earlyInsertThatFailsFailsTheCommit(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		assertThatException().isThrownBy(() -> store.execute((status) -> {
			store.order("1");
			sendTooMany(store, futures);
			assertThat(futures.get(0)).isNotDone();
		}));
		assertThat(store.orders()).isEmpty();
		assertThat(store.messages()).isEmpty();
		assertNotTaken(futures.get(0));
	}

	@ParameterizedTest
	@Databases
	void insertThatFailsAfterASavepointIsRolledBackWithIt(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		store.execute((status) -> {
			store.order("1");
			store.send("before");
			store.execute(NESTED, (nested) -> {
				sendTooMany(store, new ArrayList<>());
				nested.setRollbackOnly();
			});
			store.send("after");
		});
		assertThat(store.orders()).containsExactly("1");
		assertThat(store.messages()).containsExactly("before", "after");
	}

	@ParameterizedTest
	@Databases
	void insertThatFailsInBeforeCommitOfAnotherFailsTheCommit(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		assertThatException().isThrownBy(() -> store.execute((status) -> {
			store.order("1");
			store.send("a");
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void beforeCommit(boolean readOnly) {
					store.send(TransactionalStore.tooLong());
				}
			});
		}));
		assertThat(store.orders()).isEmpty();
		assertThat(store.messages()).isEmpty();
	}

	@ParameterizedTest
	@Databases
	void insertThatFailsInBeforeCompletionOfAnotherFailsTheCommit(Database database) {
		TransactionalStore store = new TransactionalStore(database);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		assertThatException().isThrownBy(() -> store.execute((status) -> {
			store.order("1");
			futures.add(store.send("a"));
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void beforeCompletion() {
					futures.add(store.send(TransactionalStore.tooLong()));
				}
			});
		}));
		assertThat(store.orders()).isEmpty();
		JdbcTransactionalWriterTests.assertRolledBack(futures.get(0));
		assertNotTaken(futures.get(1));
	}

	@ParameterizedTest
	@Databases
	void futureIsOpenWhileTheOutcomeOfTheCommitIsUnknown(Database database) {
		TransactionalStore store = new TransactionalStore(database, new BreakingDataSource(database.create(), true));
		CompletableFuture<Long> future = sendAndLoseTheAnswer(store);
		assertThat(store.messages()).containsExactly("a");
		assertThat(future).isNotDone();
	}

	@ParameterizedTest
	@Databases
	void commitWithoutAnAnswerThatTookPlaceCompletesTheFuture(Database database) {
		TransactionalStore store = new TransactionalStore(database, new BreakingDataSource(database.create(), true));
		CompletableFuture<Long> future = sendAndLoseTheAnswer(store);
		store.resolution.complete(true);
		assertThat(future).isCompletedWithValueMatching((position) -> position > 0);
	}

	@ParameterizedTest
	@Databases
	void commitTookPlaceIfOneOfItsMessagesIsInTheStore(Database database) {
		TransactionalStore store = new TransactionalStore(database, new BreakingDataSource(database.create(), true));
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		assertThatException().isThrownBy(() -> store.execute((status) -> {
			futures.add(store.send("a"));
			futures.add(store.send("b"));
		}));
		store.resolution.complete(true);
		assertThat(futures).allMatch((future) -> !future.isCompletedExceptionally() && future.join() > 0);
	}

	@ParameterizedTest
	@Databases
	void commitWithoutAnAnswerThatDidNotTakePlaceIsARollback(Database database) {
		TransactionalStore store = new TransactionalStore(database, new BreakingDataSource(database.create(), false));
		CompletableFuture<Long> future = sendAndLoseTheAnswer(store);
		store.resolution.complete(false);
		JdbcTransactionalWriterTests.assertRolledBack(future);
	}

	@ParameterizedTest
	@Databases
	void commitThatFailsBeforeARollbackThatSucceedsIsUnknown(Database database) {
		BreakingDataSource dataSource = new BreakingDataSource(database.create(), true);
		dataSource.rollbackFails = false;
		TransactionalStore store = new TransactionalStore(database, dataSource);
		CompletableFuture<Long> future = sendAndLoseTheAnswer(store);
		store.resolution.complete(true);
		assertThat(future).isCompletedWithValueMatching((position) -> position > 0);
	}

	@ParameterizedTest
	@Databases
	void rollbackThatFailsIsARollback(Database database) {
		TransactionalStore store = new TransactionalStore(database, new BreakingDataSource(database.create(), false));
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		assertThatException().isThrownBy(() -> store.execute((status) -> {
			futures.add(store.send("a"));
			status.setRollbackOnly();
		}));
		JdbcTransactionalWriterTests.assertRolledBack(futures.get(0));
	}

	@ParameterizedTest
	@Databases
	void storeThatIsClosedWhileTheOutcomeIsUnknownFailsTheFuture(Database database) {
		TransactionalStore store = new TransactionalStore(database, new BreakingDataSource(database.create(), true));
		CompletableFuture<Long> future = sendAndLoseTheAnswer(store);
		IOException closed = new IOException("the store is closed");
		store.resolution.completeExceptionally(closed);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get).havingCause().isSameAs(closed);
	}

	private static CompletableFuture<Long> sendAndLoseTheAnswer(TransactionalStore store) {
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		assertThatException()
			.isThrownBy(() -> store.execute((TransactionStatus status) -> futures.add(store.send("a"))));
		return futures.get(0);
	}

	private static void sendTooMany(TransactionalStore store, List<CompletableFuture<Long>> futures) {
		futures.add(store.send(TransactionalStore.tooLong()));
		IntStream.range(0, TransactionMessages.MOST_WAITING).forEach((i) -> futures.add(store.send("many-" + i)));
	}

	private static void assertNotTaken(CompletableFuture<Long> future) {
		assertThat(future).isCompletedExceptionally();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get)
			.withCauseInstanceOf(IOException.class)
			.withRootCauseInstanceOf(SQLException.class);
	}

	/** Its connections lose the answer to each commit. */
	private static final class BreakingDataSource extends DelegatingDataSource {

		private final boolean commits;

		private boolean rollbackFails = true;

		BreakingDataSource(DataSource dataSource, boolean commits) {
			super(dataSource);
			this.commits = commits;
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> {
						boolean commit = method.getName().equals("commit");
						if (commit && this.commits) {
							connection.commit();
						}
						if (commit || method.getName().equals("rollback") && this.rollbackFails) {
							throw new SQLException("connection reset", "08006");
						}
						try {
							return method.invoke(connection, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

	}

}
