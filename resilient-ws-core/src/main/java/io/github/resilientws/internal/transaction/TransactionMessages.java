package io.github.resilientws.internal.transaction;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.TransactionalWriter.RolledBackException;

/**
 * The messages of one transaction for one store. They are inserted before the commit,
 * after the callbacks of others if possible, so that the rows are locked for a short
 * time. No future completes before the end of the transaction. Used by the thread of the
 * transaction only.
 */
final class TransactionMessages implements TransactionSynchronization {

	/** How many messages wait for one insert at most. */
	static final int MOST_WAITING = 500;

	private static final long NOT_INSERTED = -1;

	private final Object key;

	private final ConnectionHolder holder;

	private final TransactionPhase phase;

	private final TransactionalRows rows;

	private final TransactionOutcomes outcomes;

	private final List<Entry> entries = new ArrayList<>();

	/** What was rolled back to a savepoint. */
	private final List<Entry> dropped = new ArrayList<>();

	private final List<Savepoint> savepoints = new ArrayList<>();

	private final long createdAt = System.nanoTime();

	/** How many of the entries are inserted, from the first one on. */
	private int inserted;

	private boolean prepared;

	private @Nullable RuntimeException failure;

	/**
	 * Create the messages of a transaction.
	 * @param key the key of the resource that they are bound as
	 * @param holder holds the connection of the transaction
	 * @param phase the phase of the transaction
	 * @param rows inserts messages
	 * @param outcomes receives the outcome of the transaction
	 */
	TransactionMessages(Object key, ConnectionHolder holder, TransactionPhase phase, TransactionalRows rows,
			TransactionOutcomes outcomes) {
		this.key = key;
		this.holder = holder;
		this.phase = phase;
		this.rows = rows;
		this.outcomes = outcomes;
	}

	/**
	 * Become a part of the transaction.
	 */
	void register() {
		TransactionSynchronizationManager.registerSynchronization(this);
		TransactionSynchronizationManager.bindResource(this.key, this);
		this.phase.add(this);
	}

	/**
	 * Append a message. It is inserted at once if the others are inserted already.
	 * @param message the message
	 * @return completes after the end of the transaction
	 */
	CompletableFuture<Long> append(OutboxRecord message) {
		Entry entry = new Entry(message);
		this.entries.add(entry);
		if (this.prepared || this.entries.size() - this.inserted >= MOST_WAITING) {
			insertEarly();
		}
		return entry.future;
	}

	// the failure is thrown again before the commit
	private void insertEarly() {
		try {
			insert();
		}
		catch (RuntimeException ex) {
			this.holder.setRollbackOnly();
		}
	}

	/**
	 * Insert the messages that wait.
	 * @throws RuntimeException if this or an earlier insert of the transaction has failed
	 */
	void insert() {
		if (this.failure != null) {
			throw this.failure;
		}
		if (this.inserted == this.entries.size()) {
			return;
		}
		List<Entry> waiting = this.entries.subList(this.inserted, this.entries.size());
		Map<String, OutboxRecord> messages = new LinkedHashMap<>();
		waiting.forEach((entry) -> messages.putIfAbsent(entry.message.id(), entry.message));
		Map<String, Long> positions = new HashMap<>(insert(List.copyOf(messages.values())));
		for (Entry entry : waiting) {
			// the second message of an id is a duplicate
			Long position = positions.remove(entry.message.id());
			entry.position = (position != null) ? position : 0;
		}
		this.inserted = this.entries.size();
	}

	private Map<String, Long> insert(List<OutboxRecord> messages) {
		this.holder.requested();
		try {
			return this.rows.insert(this.holder.getConnection(), messages);
		}
		catch (SQLException ex) {
			this.failure = translate(ex);
			throw this.failure;
		}
		catch (RuntimeException ex) {
			this.failure = ex;
			throw ex;
		}
		finally {
			this.holder.released();
		}
	}

	private static DataAccessException translate(SQLException ex) {
		String task = "Insert messages of a transaction";
		DataAccessException translated = new SQLExceptionSubclassTranslator().translate(task, null, ex);
		return (translated != null) ? translated : new UncategorizedSQLException(task, null, ex);
	}

	@Override
	public void savepoint(Object savepoint) {
		this.savepoints.add(new Savepoint(savepoint, this.entries.size(), this.inserted, this.failure));
	}

	@Override
	public void savepointRollback(Object savepoint) {
		while (!this.savepoints.isEmpty()) {
			Savepoint last = this.savepoints.get(this.savepoints.size() - 1);
			if (last.savepoint == savepoint) {
				rollback(last.size, last.inserted, last.failure);
				return;
			}
			this.savepoints.remove(this.savepoints.size() - 1);
		}
		// the savepoint is older than the first message
		rollback(0, 0, null);
	}

	// a message from before the savepoint that was inserted after it must be inserted
	// again
	private void rollback(int size, int inserted, @Nullable RuntimeException failure) {
		List<Entry> rolledBack = this.entries.subList(size, this.entries.size());
		this.dropped.addAll(rolledBack);
		rolledBack.clear();
		this.entries.subList(inserted, size).forEach((entry) -> entry.position = NOT_INSERTED);
		this.inserted = inserted;
		this.failure = failure;
	}

	@Override
	public void suspend() {
		TransactionSynchronizationManager.unbindResource(this.key);
	}

	@Override
	public void resume() {
		TransactionSynchronizationManager.bindResource(this.key, this);
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		this.prepared = true;
		insert();
	}

	@Override
	public void afterCompletion(int status) {
		TransactionSynchronizationManager.unbindResource(this.key);
		rolledBack(this.dropped);
		List<Entry> done = this.entries.subList(0, this.inserted);
		List<Entry> waiting = this.entries.subList(this.inserted, this.entries.size());
		if (status == STATUS_COMMITTED) {
			committed(done);
			notInserted(waiting, true);
		}
		else {
			// Spring reports a rollback if one follows a commit that failed without an
			// answer
			if (mayBeCommitted(status)) {
				resolve(done);
			}
			else {
				rolledBack(done);
			}
			notInserted(waiting, false);
		}
	}

	private boolean mayBeCommitted(int status) {
		return this.phase.isObserved() ? this.phase.mayBeCommitted() : status == STATUS_UNKNOWN;
	}

	private void committed(List<Entry> done) {
		Map<OutboxRecord, Long> positions = new LinkedHashMap<>();
		stored(done).forEach((entry) -> positions.put(entry.message, entry.position));
		if (!positions.isEmpty()) {
			this.outcomes.committed(positions);
		}
		done.forEach((entry) -> entry.future.complete(entry.position));
	}

	private void resolve(List<Entry> done) {
		List<Entry> stored = stored(done);
		done.stream().filter((entry) -> entry.position == 0).forEach((entry) -> entry.future.complete(0L));
		if (!stored.isEmpty()) {
			this.outcomes.resolve(messages(stored), this.createdAt).whenComplete((positions, ex) -> {
				// the owner may have delivered some, but a transaction is committed as a
				// whole
				boolean committed = positions != null && Arrays.stream(positions).anyMatch((position) -> position > 0);
				stored.forEach((entry) -> entry.resolve(committed, ex));
			});
		}
	}

	private void notInserted(List<Entry> waiting, boolean committed) {
		if (this.failure != null) {
			IOException cause = new IOException("the database did not take the message in its transaction",
					this.failure);
			waiting.forEach((entry) -> entry.future.completeExceptionally(cause));
		}
		else if (committed && !waiting.isEmpty()) {
			appendLate(List.copyOf(waiting));
		}
		else {
			rolledBack(waiting);
		}
	}

	// they were sent after beforeCommit of a transaction that no listener observes
	private void appendLate(List<Entry> waiting) {
		this.outcomes.append(messages(waiting)).whenComplete((positions, ex) -> {
			for (int i = 0; i < waiting.size(); i++) {
				waiting.get(i).complete((positions != null) ? positions[i] : 0, ex);
			}
		});
	}

	private static void rolledBack(List<Entry> rolledBack) {
		rolledBack.forEach((entry) -> entry.future.completeExceptionally(new RolledBackException()));
	}

	private static List<Entry> stored(List<Entry> done) {
		return done.stream().filter((entry) -> entry.position > 0).toList();
	}

	private static List<OutboxRecord> messages(List<Entry> entries) {
		return entries.stream().map((entry) -> entry.message).toList();
	}

	/** A message and its future. */
	private static final class Entry {

		private final OutboxRecord message;

		private final CompletableFuture<Long> future = new CompletableFuture<>();

		private long position = NOT_INSERTED;

		Entry(OutboxRecord message) {
			this.message = message;
		}

		void resolve(boolean committed, @Nullable Throwable ex) {
			complete(this.position, (ex == null && !committed) ? new RolledBackException() : ex);
		}

		void complete(long position, @Nullable Throwable ex) {
			if (ex == null) {
				this.future.complete(position);
			}
			else {
				Throwable cause = ex.getCause();
				this.future.completeExceptionally((ex instanceof CompletionException && cause != null) ? cause : ex);
			}
		}

	}

	/**
	 * What was there when a savepoint was created.
	 *
	 * @param savepoint the savepoint
	 * @param size how many messages
	 * @param inserted how many of them were inserted
	 * @param failure the failure of an insert, or {@code null}
	 */
	private record Savepoint(Object savepoint, int size, int inserted, @Nullable RuntimeException failure) {

	}

}
