package io.github.resilientws.cluster.jdbc;

import java.util.concurrent.CompletableFuture;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.LineElection.Candidate;

/**
 * A candidate for a line, and what it owns. Its package-private methods are confined to
 * the thread of the election.
 */
final class JdbcCandidacy implements Candidacy {

	private static final Log logger = LogFactory.getLog(JdbcLineElection.class);

	private final String client;

	private final Candidate candidate;

	private final JdbcLineElection election;

	private volatile boolean left;

	// written by the thread of the election
	private volatile @Nullable LeasedOwnership ownership;

	private volatile @Nullable String owner;

	JdbcCandidacy(String client, Candidate candidate, JdbcLineElection election) {
		this.client = client;
		this.candidate = candidate;
		this.election = election;
	}

	@Override
	public CompletableFuture<Void> leave() {
		this.left = true;
		LeasedOwnership current = this.ownership;
		if (current != null) {
			current.end();
		}
		return this.election.leave(this);
	}

	@Override
	public @Nullable String getOwner() {
		return this.owner;
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
		this.owner = name;
		if (this.left) {
			granted.end();
		}
		else {
			call(() -> this.candidate.onGranted(granted));
		}
	}

	/** End the ownership, if there is one. */
	void revoke() {
		LeasedOwnership revoked = this.ownership;
		if (revoked != null) {
			revoked.end();
			this.ownership = null;
			this.owner = null;
			if (!this.left) {
				call(() -> this.candidate.onRevoked(revoked));
			}
		}
	}

	void standBy(String name) {
		if (!name.equals(this.owner)) {
			this.owner = name;
			logger.info("[" + this.client + "] standby, " + name + " has the line");
		}
	}

	private void call(Runnable signal) {
		try {
			signal.run();
		}
		catch (RuntimeException ex) {
			logger.error("[" + this.client + "] a candidate of the election failed", ex);
		}
	}

}
