package io.github.resilientws.internal.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.store.TransactionalWriter.Participation;
import io.github.resilientws.store.jdbc.TransactionPhaseListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for what is inside of a transaction of the store, and what is outside.
 */
class TransactionPhaseTests {

	private final TransactionalStore store = new TransactionalStore(Database.H2);

	private final List<Participation> seen = new ArrayList<>();

	@Test
	void threadWithoutATransactionIsOutside() {
		assertThat(this.store.writer.getParticipation()).isEqualTo(Participation.NONE);
		assertThatIllegalStateException().isThrownBy(() -> this.store.send("a")).withMessageContaining("NONE");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void transactionOfTheDataSourceIsJoined(boolean observed) {
		observe(observed);
		this.store.execute((status) -> look());
		assertThat(this.seen).containsExactly(Participation.JOINED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void readOnlyTransactionKeepsNoMessages(boolean observed) {
		observe(observed);
		TransactionTemplate template = new TransactionTemplate(this.store.transactionManager);
		template.setReadOnly(true);
		template.executeWithoutResult((status) -> look());
		assertThat(this.seen).containsExactly(Participation.READ_ONLY);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void suspendedTransactionIsOutside(boolean observed) {
		observe(observed);
		this.store.execute((status) -> {
			this.store.send("a");
			this.store.execute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED, (none) -> look());
			look();
		});
		assertThat(this.seen).containsExactly(Participation.NONE, Participation.JOINED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void transactionOfAnotherDataSourceDoesNotCoverTheStore(boolean observed) {
		another(observed).executeWithoutResult((status) -> look());
		assertThat(this.seen).containsExactly(Participation.NOT_COVERED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionThatIsBoundInATransactionOfAnotherDataSourceDoesNotCoverTheStore(boolean observed) {
		another(observed).executeWithoutResult((status) -> {
			this.store.order("1");
			look();
		});
		assertThat(this.seen).containsExactly(Participation.NOT_COVERED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void transactionOfAnotherDataSourceInsideOneOfTheStoreDoesNotCoverTheStore(boolean observed) {
		this.store.execute((status) -> {
			another(observed).executeWithoutResult((inner) -> look());
			look();
		});
		assertThat(this.seen).containsExactly(Participation.NOT_COVERED, Participation.JOINED);
	}

	@Test
	void transactionOfTheStoreInsideOneOfAnotherDataSourceIsJoined() {
		another(true).executeWithoutResult((status) -> {
			this.store.execute((inner) -> look());
			look();
		});
		assertThat(this.seen).containsExactly(Participation.JOINED, Participation.NOT_COVERED);
	}

	@Test
	void transactionWithoutSynchronizationDoesNotCoverTheStore() {
		this.store.transactionManager.setTransactionSynchronization(JdbcTransactionManager.SYNCHRONIZATION_NEVER);
		this.store.execute((status) -> look());
		assertThat(this.seen).containsExactly(Participation.NOT_COVERED);
	}

	@Test
	void proxyOfTheDataSourceIsTheDataSource() {
		DataSource proxy = new TransactionAwareDataSourceProxy(this.store.dataSource);
		JdbcTransactionalWriter writer = new JdbcTransactionalWriter(proxy, this.store, this.store);
		this.store.execute((status) -> this.seen.add(writer.getParticipation()));
		assertThat(this.seen).containsExactly(Participation.JOINED);
	}

	@Test
	void beforeCommitAndBeforeCompletionAreInside() {
		this.store.execute((status) -> register(new TransactionSynchronization() {
			@Override
			public void beforeCommit(boolean readOnly) {
				look();
			}

			@Override
			public void beforeCompletion() {
				look();
			}
		}));
		assertThat(this.seen).containsExactly(Participation.JOINED, Participation.JOINED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void afterCommitAndAfterCompletionAreOutside(boolean observed) {
		observe(observed);
		this.store.execute((status) -> {
			register(new TransactionSynchronization() {
				@Override
				public int getOrder() {
					return HIGHEST_PRECEDENCE;
				}

				@Override
				public void afterCommit() {
					look();
				}

				@Override
				public void afterCompletion(int status) {
					look();
				}
			});
			this.store.send("a");
		});
		assertThat(this.seen).containsExactly(Participation.NONE, Participation.NONE);
	}

	@Test
	void afterCommitOfATransactionWithoutMessagesIsOutside() {
		this.store.execute((status) -> afterCommit(this::look));
		assertThat(this.seen).containsExactly(Participation.NONE);
	}

	@Test
	void afterRollbackIsOutside() {
		this.store.execute((status) -> {
			register(new TransactionSynchronization() {
				@Override
				public void afterCompletion(int status) {
					look();
				}
			});
			status.setRollbackOnly();
		});
		assertThat(this.seen).containsExactly(Participation.NONE);
	}

	@Test
	void newTransactionInAfterCommitIsJoined() {
		this.store.execute((status) -> afterCommit(() -> {
			this.store.execute(TransactionDefinition.PROPAGATION_REQUIRES_NEW, (inner) -> {
				look();
				this.store.send("a");
			});
			look();
		}));
		assertThat(this.seen).containsExactly(Participation.JOINED, Participation.NONE);
		assertThat(this.store.messages()).containsExactly("a");
	}

	@Test
	void messageOfBeforeCommitOfAnotherIsPartOfTheTransaction() {
		this.store.execute((status) -> register(new TransactionSynchronization() {
			@Override
			public void beforeCommit(boolean readOnly) {
				TransactionPhaseTests.this.store.send("a");
			}

			@Override
			public void beforeCompletion() {
				TransactionPhaseTests.this.store.send("b");
			}
		}));
		assertThat(this.store.messages()).containsExactly("a", "b");
		assertThat(this.store.committed).containsOnlyKeys("a", "b");
	}

	@Test
	void messageAfterTheOthersWereInsertedIsInsertedAtOnce() {
		this.store.execute((status) -> {
			this.store.send("a");
			register(new TransactionSynchronization() {
				@Override
				public void beforeCommit(boolean readOnly) {
					TransactionPhaseTests.this.store.send("b");
					assertThat(new JdbcTemplate(TransactionPhaseTests.this.store.dataSource)
						.queryForObject("SELECT COUNT(*) FROM RESILIENT_WS_MESSAGE", Integer.class)).isEqualTo(2);
				}
			});
		});
		assertThat(this.store.messages()).containsExactly("a", "b");
	}

	@Test
	void firstMessageOfAfterCommitThatNoListenerObservesIsStoredAfterwards() {
		observe(false);
		List<CompletableFuture<Long>> futures = new ArrayList<>();
		this.store.execute((status) -> afterCommit(() -> futures.add(this.store.send("a"))));
		assertThat(this.store.appended).containsExactly("a");
		assertThat(futures.get(0)).isCompletedWithValue(8L);
	}

	@Test
	void secondListenerOfATransactionManagerChangesNothing() {
		this.store.transactionManager.addListener(new TransactionPhaseListener());
		this.store.execute((status) -> {
			look();
			this.store.send("a");
			this.store.execute(TransactionDefinition.PROPAGATION_REQUIRES_NEW, (inner) -> this.store.send("b"));
			look();
			afterCommit(this::look);
		});
		assertThat(this.seen).containsExactly(Participation.JOINED, Participation.JOINED, Participation.NONE);
	}

	@Test
	void endedTransactionLeavesNothingOnItsThread() {
		this.store.execute((status) -> {
			this.store.send("a");
			this.store.execute(TransactionDefinition.PROPAGATION_REQUIRES_NEW, (inner) -> this.store.send("b"));
		});
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
	}

	private void look() {
		this.seen.add(this.store.writer.getParticipation());
	}

	private void observe(boolean observed) {
		if (!observed) {
			this.store.transactionManager.setTransactionExecutionListeners(new ArrayList<>());
		}
	}

	private static TransactionTemplate another(boolean observed) {
		JdbcTransactionManager another = new JdbcTransactionManager(Database.H2.create());
		List<TransactionExecutionListener> listeners = new ArrayList<>();
		if (observed) {
			listeners.add(new TransactionPhaseListener());
		}
		another.setTransactionExecutionListeners(listeners);
		return new TransactionTemplate(another);
	}

	private static void afterCommit(Runnable action) {
		register(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				action.run();
			}
		});
	}

	private static void register(TransactionSynchronization synchronization) {
		TransactionSynchronizationManager.registerSynchronization(synchronization);
	}

}
