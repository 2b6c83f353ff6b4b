package io.github.resilientws.internal.transaction;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * How far the transaction of a thread has come. Its callbacks are the first of all
 * synchronizations, so that the end is known to the callbacks of others. Used by the
 * thread of the transaction only.
 */
public final class TransactionPhase implements TransactionSynchronization, PriorityOrdered {

	private static final Object KEY = new Object();

	/** The transaction that this one has suspended. */
	private final @Nullable TransactionPhase outer;

	private final @Nullable ConnectionHolder holder;

	private final boolean observed;

	private final List<TransactionMessages> participants = new ArrayList<>();

	private boolean suspended;

	private boolean committing;

	private boolean ended;

	private TransactionPhase(@Nullable TransactionPhase outer, @Nullable ConnectionHolder holder, boolean observed) {
		this.outer = outer;
		this.holder = holder;
		this.observed = observed;
	}

	/**
	 * Note the begin of a transaction.
	 * @param holder holds the connection of the transaction, or {@code null} if it has
	 * none
	 */
	public static void begin(@Nullable ConnectionHolder holder) {
		TransactionPhase current = current();
		// a second listener of the same transaction manager
		if (current == null || !TransactionSynchronizationManager.getSynchronizations().contains(current)) {
			bind(holder, true);
		}
	}

	/**
	 * Return the phase of the current transaction, whose begin may have been missed.
	 * @param holder holds the connection of the transaction
	 * @return the phase
	 */
	static TransactionPhase of(ConnectionHolder holder) {
		TransactionPhase current = current();
		return (current != null) ? current : bind(holder, false);
	}

	private static TransactionPhase bind(@Nullable ConnectionHolder holder, boolean observed) {
		TransactionPhase outer = (TransactionPhase) TransactionSynchronizationManager.unbindResourceIfPossible(KEY);
		TransactionPhase phase = new TransactionPhase(outer, holder, observed);
		TransactionSynchronizationManager.bindResource(KEY, phase);
		TransactionSynchronizationManager.registerSynchronization(phase);
		return phase;
	}

	/**
	 * Return the phase of the current transaction.
	 * @return the phase, or {@code null} if the begin of the transaction was missed
	 */
	public static @Nullable TransactionPhase current() {
		TransactionPhase bound = bound();
		return (bound == null || bound.suspended) ? null : bound;
	}

	private static @Nullable TransactionPhase bound() {
		return (TransactionPhase) TransactionSynchronizationManager.getResource(KEY);
	}

	/**
	 * Return whether the current transaction is one on a connection.
	 * @param holder holds the connection
	 * @return whether a commit of the transaction commits the connection
	 */
	static boolean covers(ConnectionHolder holder) {
		TransactionPhase current = current();
		if (current != null && current.observed) {
			return current.holder == holder;
		}
		for (TransactionPhase phase = bound(); phase != null; phase = phase.outer) {
			if (phase.suspended && phase.holder == holder) {
				return false;
			}
		}
		return !isAutoCommit(holder);
	}

	// a connection that JdbcTemplate has bound in a transaction of something else
	private static boolean isAutoCommit(ConnectionHolder holder) {
		holder.requested();
		try {
			return holder.getConnection().getAutoCommit();
		}
		catch (SQLException ex) {
			return false;
		}
		finally {
			holder.released();
		}
	}

	/**
	 * Return whether the outcome of the transaction is decided.
	 * @return whether the transaction was committed or rolled back
	 */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Return whether a rollback or an unknown outcome may be a commit.
	 * @return whether the database may have been asked to commit
	 */
	boolean mayBeCommitted() {
		return this.committing;
	}

	/**
	 * Return whether a {@link TransactionPhaseListener} observes the transaction.
	 * @return whether the begin of the transaction was observed
	 */
	boolean isObserved() {
		return this.observed;
	}

	/**
	 * Add messages, which are inserted before the commit at the latest.
	 * @param messages the messages of one store
	 */
	void add(TransactionMessages messages) {
		this.participants.add(messages);
	}

	/**
	 * Complete the work of the participants before the commit.
	 * @throws RuntimeException if the transaction must not be committed
	 */
	public void prepareCommit() {
		this.participants.forEach(TransactionMessages::insert);
		this.committing = true;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public void suspend() {
		this.suspended = true;
	}

	@Override
	public void resume() {
		this.suspended = false;
	}

	@Override
	public void afterCommit() {
		this.ended = true;
	}

	@Override
	public void afterCompletion(int status) {
		this.ended = true;
		TransactionSynchronizationManager.unbindResourceIfPossible(KEY);
		if (this.outer != null) {
			TransactionSynchronizationManager.bindResource(KEY, this.outer);
		}
	}

}
