package io.github.resilientws.internal.election;

import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OwnershipChange;
import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The line of a client, which one instance at a time owns if there is an election, and
 * otherwise this one. Confined to the client's executor, except where a method says so.
 */
public final class Line {

	private final String client;

	private final @Nullable LineElection election;

	private final SerialExecutor executor;

	private final ObserverNotifier notifier;

	private @Nullable Participation participation;

	// written by the executor
	private volatile @Nullable Ownership ownership;

	/** The last one that was granted, even if it has ended. */
	private @Nullable Ownership latest;

	/**
	 * Create a line that is not owned if there is an election.
	 * @param client name of the client
	 * @param election elects its owner, or {@code null} if each instance has the line
	 * @param executor the client's executor
	 * @param notifier notifies observers
	 */
	public Line(String client, @Nullable LineElection election, SerialExecutor executor, ObserverNotifier notifier) {
		this.client = client;
		this.election = election;
		this.executor = executor;
		this.notifier = notifier;
	}

	/**
	 * Return whether the line is elected. May be called by any thread.
	 * @return {@code false} if each instance has it
	 */
	public boolean isElected() {
		return this.election != null;
	}

	/**
	 * Return whether this instance may use the line now. May be called by any thread.
	 * @return whether it may
	 */
	public boolean isHeld() {
		Ownership current = this.ownership;
		return this.election == null || (current != null && current.isHeld());
	}

	/**
	 * Return the present ownership.
	 * @return the ownership, or {@code null} if this instance does not own the line or it
	 * is not elected
	 */
	public @Nullable Ownership ownership() {
		return this.ownership;
	}

	/**
	 * Return the number of the present ownership. May be called by any thread.
	 * @return the number; 0 if there is none
	 */
	public long fence() {
		Ownership current = this.ownership;
		return (current != null) ? current.getFence() : 0;
	}

	/**
	 * Take part in the election, if that is not done.
	 * @param listener notified until this instance leaves
	 */
	public void join(LineListener listener) {
		if (this.participation == null) {
			LineElection election = this.election;
			Assert.state(election != null, "The line is not elected");
			Participation joined = new Participation(listener);
			this.participation = joined;
			joined.candidacy = election.join(this.client, joined);
		}
	}

	/**
	 * Take part no longer; from now on the line is not held.
	 * @param afterwards runs when the line is free, on any thread
	 * @return frees the line; runs on any thread
	 */
	public Runnable leave(Runnable afterwards) {
		Participation left = this.participation;
		Ownership yielded = this.ownership;
		this.participation = null;
		this.ownership = null;
		if (yielded != null) {
			notify(OwnershipChange.YIELDED, yielded);
		}
		Candidacy candidacy = (left != null) ? left.candidacy : null;
		return (candidacy != null) ? () -> candidacy.leave().whenComplete((done, failure) -> afterwards.run())
				: afterwards;
	}

	/**
	 * Return why this instance does not have the line.
	 * @return the cause, with the reason of the last loss
	 */
	public DisconnectCause getLossCause() {
		String reason = (this.latest != null) ? this.latest.getEndReason() : null;
		return new DisconnectCause.OwnershipLost((reason != null) ? reason : "");
	}

	/**
	 * The client changed its state, which other instances may show.
	 * @param state the new state
	 */
	public void stateChanged(ConnectionState state) {
		Candidacy candidacy = (this.participation != null) ? this.participation.candidacy : null;
		if (candidacy != null) {
			candidacy.stateChanged(state);
		}
	}

	private void granted(Participation granted, Ownership ownership) {
		if (granted == this.participation) {
			this.ownership = ownership;
			this.latest = ownership;
			notify(OwnershipChange.ACQUIRED, ownership);
			granted.listener.onGranted();
		}
	}

	private void revoked(Participation revoked, Ownership ownership) {
		if (revoked == this.participation && ownership == this.ownership) {
			this.ownership = null;
			notify(OwnershipChange.LOST, ownership);
			revoked.listener.onRevoked();
		}
	}

	private void notify(OwnershipChange change, Ownership ownership) {
		long fence = ownership.getFence();
		String reason = (change == OwnershipChange.LOST) ? ownership.getEndReason() : null;
		this.notifier.notify((observer) -> observer.ownershipChanged(this.client, change, fence, reason));
	}

	private final class Participation implements LineElection.Candidate {

		private final LineListener listener;

		private @Nullable Candidacy candidacy;

		private Participation(LineListener listener) {
			this.listener = listener;
		}

		@Override
		public void onGranted(Ownership ownership) {
			post(() -> granted(this, ownership));
		}

		@Override
		public void onRevoked(Ownership ownership) {
			post(() -> revoked(this, ownership));
		}

		private void post(Runnable signal) {
			try {
				Line.this.executor.execute(signal);
			}
			catch (RejectedExecutionException ex) {
				// the transport is closed, and the client with it
			}
		}

	}

}
