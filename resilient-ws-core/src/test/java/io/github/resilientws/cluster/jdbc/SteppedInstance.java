package io.github.resilientws.cluster.jdbc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import io.github.resilientws.cluster.Candidacy;

/**
 * An instance of the application, whose election has no thread.
 */
final class SteppedInstance {

	static final Duration LEASE = Duration.ofSeconds(10);

	static final Duration LOOK = LEASE.dividedBy(10);

	final GatedDataSource database;

	final RecordingCandidate candidate = new RecordingCandidate();

	final LineElector elector;

	final JdbcLineElection election;

	Candidacy candidacy;

	private final AtomicLong time;

	SteppedInstance(String name, String group, DataSource dataSource, AtomicLong time) {
		this.database = new GatedDataSource(dataSource);
		this.time = time;
		ElectionTables tables = new ElectionTables(this.database, "RESILIENT_WS_", group, LEASE);
		this.elector = new LineElector(tables, group, name, LEASE, time::get);
		this.election = new JdbcLineElection(this.elector, LEASE);
	}

	void join(String client) {
		this.candidacy = this.election.join(client, this.candidate);
	}

	void step() {
		this.elector.step();
	}

	/** Call only the steps of this instance. */
	void advance(Duration duration) {
		for (long i = 0; i < duration.dividedBy(LOOK); i++) {
			this.time.addAndGet(LOOK.toNanos());
			step();
		}
	}

}
