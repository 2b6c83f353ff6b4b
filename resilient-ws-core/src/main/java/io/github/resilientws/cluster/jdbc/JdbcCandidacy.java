package io.github.resilientws.cluster.jdbc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.LineElection.Candidate;

/**
 * A candidate for a line, and what it owns. Its package-private methods are confined to
 * the thread of the election.
 */
final class JdbcCandidacy implements Candidacy {

	private static final Log logger = LogFactory.getLog(JdbcLineElection.class);

	private static final String LEFT = "the client has left the election";

	private final String client;

	private final Candidate candidate;

	private final JdbcLineElection election;

	private volatile boolean left;

	// written by the thread of the election
	private volatile @Nullable LeasedOwnership ownership;

	private volatile @Nullable Owner owner;

	/** Monotonic time of this election. */
	private volatile long unownedSince;

	// written by the client
	private volatile @Nullable ConnectionState state;

	// of the present ownership
	private @Nullable ConnectionState writtenState;

	JdbcCandidacy(String client, Candidate candidate, JdbcLineElection election) {
		this.client = client;
		this.candidate = candidate;
		this.election = election;
		this.unownedSince = election.nanoTime();
	}

	@Override
	public CompletableFuture<Void> leave() {
		this.left = true;
		LeasedOwnership current = this.ownership;
		if (current != null) {
			current.end(LEFT);
		}
		return this.election.leave(this);
	}

	@Override
	public @Nullable String getOwner() {
		Owner known = this.owner;
		return (known != null) ? known.name() : null;
	}

	@Override
	public @Nullable ConnectionState getOwnerState() {
		Owner known = this.owner;
		return (known != null) ? known.state() : null;
	}

	@Override
	public @Nullable Duration getUnownedTime() {
		Duration problem = this.election.getProblemTime();
		if (this.owner != null) {
			return problem;
		}
		Duration unowned = Duration.ofNanos(this.election.nanoTime() - this.unownedSince);
		return (problem != null && problem.compareTo(unowned) > 0) ? problem : unowned;
	}

	@Override
	public void stateChanged(ConnectionState state) {
		this.state = state;
	}

	@Override
	public @Nullable String getProblem() {
		return this.election.getProblem();
	}

	String client() {
		return this.client;
	}

	boolean hasLeft() {
		return this.left;
	}

	@Nullable LeasedOwnership ownership() {
		return this.ownership;
	}

	void grant(LeasedOwnership granted, String name) {
		this.ownership = granted;
		this.owner = new Owner(name, null);
		// that of an earlier ownership may not have been left yet
		this.state = null;
		this.writtenState = null;
		if (this.left) {
			granted.end(LEFT);
		}
		else {
			call(() -> this.candidate.onGranted(granted));
		}
	}

	/**
	 * End the ownership, if there is one.
	 * @param reason why, unless it has ended already
	 */
	void revoke(String reason) {
		LeasedOwnership revoked = this.ownership;
		if (revoked != null) {
			revoked.end(reason);
			this.ownership = null;
			this.unownedSince = this.election.nanoTime();
			this.owner = null;
			if (!this.left) {
				call(() -> this.candidate.onRevoked(revoked));
			}
		}
	}

	void standBy(String name, @Nullable ConnectionState state) {
		boolean changed = !name.equals(getOwner());
		this.owner = new Owner(name, state);
		if (changed) {
			logger.info("[" + this.client + "] standby, " + name + " has the line");
		}
	}

	/**
	 * Return the state that other instances do not know yet.
	 * @return the state; {@code null} if they know it, or this instance does not own the
	 * line
	 */
	@Nullable ConnectionState unwrittenState() {
		ConnectionState present = this.state;
		boolean owned = this.ownership != null && present != ConnectionState.STANDBY;
		return (owned && present != this.writtenState) ? present : null;
	}

	void stateWritten(ConnectionState state) {
		this.writtenState = state;
	}

	private void call(Runnable signal) {
		try {
			signal.run();
		}
		catch (RuntimeException ex) {
			logger.error("[" + this.client + "] a candidate of the election failed", ex);
		}
	}

	private record Owner(String name, @Nullable ConnectionState state) {

	}

}
