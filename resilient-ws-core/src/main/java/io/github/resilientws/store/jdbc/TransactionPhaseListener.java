package io.github.resilientws.store.jdbc;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.github.resilientws.internal.transaction.TransactionPhase;

/**
 * Notes where the transactions of a transaction manager begin and end, for messages that
 * are sent in them. In {@code afterCommit} and in
 * {@code @TransactionalEventListener(AFTER_COMMIT)} Spring still reports an active
 * transaction; this listener knows that it has ended.
 *
 * <p>
 * Register it with each transaction manager of the application. Spring Boot's
 * auto-configuration of this library does so for transaction managers that are beans:
 *
 * <pre class="code">
 * JdbcTransactionManager transactionManager = new JdbcTransactionManager(dataSource);
 * transactionManager.addListener(new TransactionPhaseListener());
 * </pre>
 *
 * <p>
 * Without it, a message that is first sent in {@code beforeCommit} or {@code afterCommit}
 * of a synchronization is stored in a transaction of its own after the completion, and a
 * transaction of another transaction manager that begins inside one of the store's
 * {@code DataSource} may be mistaken for it.
 *
 * @since 0.1
 */
public final class TransactionPhaseListener implements TransactionExecutionListener {

	@Override
	public void afterBegin(TransactionExecution transaction, @Nullable Throwable beginFailure) {
		if (beginFailure == null && transaction.isNewTransaction()
				&& TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionPhase.begin(connectionHolder(transaction));
		}
	}

	@Override
	public void beforeCommit(TransactionExecution transaction) {
		TransactionPhase phase = TransactionPhase.current();
		if (phase != null && transaction.isNewTransaction()) {
			phase.prepareCommit();
		}
	}

	// a holder that is bound to the thread may belong to a suspended transaction
	private static @Nullable ConnectionHolder connectionHolder(TransactionExecution transaction) {
		if (transaction instanceof DefaultTransactionStatus status && status.hasTransaction()
				&& status.getTransaction() instanceof JdbcTransactionObjectSupport jdbc && jdbc.hasConnectionHolder()) {
			return jdbc.getConnectionHolder();
		}
		return null;
	}

}
