package io.github.resilientws.internal.transaction;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.TransactionalWriter;

/**
 * Appends messages to the transaction that a transaction manager of Spring has begun on
 * the {@code DataSource} of a store.
 */
public final class JdbcTransactionalWriter implements TransactionalWriter {

	private final DataSource dataSource;

	private final TransactionalRows rows;

	private final TransactionOutcomes outcomes;

	/**
	 * Create a writer. A store has one writer.
	 * @param dataSource the {@code DataSource} of the store
	 * @param rows inserts messages
	 * @param outcomes receives the outcomes of transactions
	 */
	public JdbcTransactionalWriter(DataSource dataSource, TransactionalRows rows, TransactionOutcomes outcomes) {
		this.dataSource = unwrap(dataSource);
		this.rows = rows;
		this.outcomes = outcomes;
	}

	// transaction managers unwrap it, too
	private static DataSource unwrap(DataSource dataSource) {
		if (dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
			return proxy.getTargetDataSource();
		}
		return dataSource;
	}

	@Override
	public Participation getParticipation() {
		ConnectionHolder holder = holder();
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			// without synchronization, a transaction is active in its own afterCompletion
			// only
			return (holder == null || TransactionSynchronizationManager.isActualTransactionActive())
					? Participation.NONE : Participation.NOT_COVERED;
		}
		if (!TransactionSynchronizationManager.isActualTransactionActive() || hasEnded()) {
			return Participation.NONE;
		}
		if (holder == null || !TransactionPhase.covers(holder)) {
			return Participation.NOT_COVERED;
		}
		return (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) ? Participation.READ_ONLY
				: Participation.JOINED;
	}

	private static boolean hasEnded() {
		TransactionPhase phase = TransactionPhase.current();
		return phase != null && phase.hasEnded();
	}

	private @Nullable ConnectionHolder holder() {
		return (TransactionSynchronizationManager.getResource(this.dataSource) instanceof ConnectionHolder holder)
				? holder : null;
	}

	@Override
	public CompletableFuture<Long> append(OutboxRecord message) {
		Participation participation = getParticipation();
		ConnectionHolder holder = holder();
		Assert.state(participation == Participation.JOINED && holder != null,
				() -> "The calling thread must be in a transaction of the store, but its participation is "
						+ participation);
		String problem = this.rows.check(message);
		if (problem != null) {
			return CompletableFuture.failedFuture(new IOException("the message is not stored: " + problem));
		}
		return messages(holder).append(message);
	}

	private TransactionMessages messages(ConnectionHolder holder) {
		TransactionMessages messages = (TransactionMessages) TransactionSynchronizationManager.getResource(this);
		if (messages != null) {
			return messages;
		}
		TransactionMessages created = new TransactionMessages(this, holder, TransactionPhase.of(holder), this.rows,
				this.outcomes);
		created.register();
		return created;
	}

}
