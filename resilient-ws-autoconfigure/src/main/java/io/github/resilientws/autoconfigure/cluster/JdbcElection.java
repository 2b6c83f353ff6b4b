package io.github.resilientws.autoconfigure.cluster;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;
import org.springframework.context.SmartLifecycle;

import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.GroupStatus;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.jdbc.JdbcLineElection;

/**
 * The election by leases in a database, from the first client that takes part until the
 * clients of the context are closed.
 */
final class JdbcElection implements LineElection, Lifecycle, Phased, DisposableBean {

	/** Stops after the clients, which hand their lines over. */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private final JdbcLineElection election;

	/** Guarded by this. */
	private boolean running;

	JdbcElection(JdbcLineElection election) {
		this.election = election;
	}

	// a client may be created when the context is already running
	@Override
	public Candidacy join(String client, Candidate candidate) {
		start();
		return this.election.join(client, candidate);
	}

	@Override
	public GroupStatus getGroupStatus() {
		return this.election.getGroupStatus();
	}

	@Override
	public synchronized void start() {
		if (!this.running) {
			this.running = true;
			this.election.start();
		}
	}

	@Override
	public synchronized void stop() {
		if (this.running) {
			this.running = false;
			this.election.close();
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	// after a failed start there is no stop
	@Override
	public void destroy() {
		stop();
	}

}
