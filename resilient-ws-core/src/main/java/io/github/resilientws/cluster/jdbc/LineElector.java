package io.github.resilientws.cluster.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.cluster.GroupStatus;

/**
 * The steps of the election: renews the lease of this instance, looks for instances that
 * do not renew theirs, and takes lines that are free. Confined to one thread, except
 * where a method says so.
 */
final class LineElector {

	private static final Log logger = LogFactory.getLog(JdbcLineElection.class);

	/** How many lines one step takes at most, so that heartbeats are not late. */
	private static final int MOST_LINES = 500;

	private final ElectionTables tables;

	private final String group;

	private final String name;

	private final long leaseNanos;

	private final LongSupplier nanoTime;

	private final BeatObservations observations;

	private final Candidacies candidacies = new Candidacies();

	private @Nullable InstanceLease lease;

	private long beatAt;

	private long nextStep;

	private HeartbeatListener heartbeatListener = (success, elapsed) -> {
	};

	private volatile @Nullable Problem problem;

	// for other threads, too
	private volatile int ownedLines;

	private volatile @Nullable Integer instances;

	/**
	 * Create the steps.
	 * @param tables the statements
	 * @param group the group of instances
	 * @param name name of this instance, for people
	 * @param lease how long an instance may be silent before another one takes its lines
	 * @param nanoTime monotonic time
	 */
	LineElector(ElectionTables tables, String group, String name, Duration lease, LongSupplier nanoTime) {
		this.tables = tables;
		this.group = group;
		this.name = name;
		this.leaseNanos = lease.toNanos();
		this.nanoTime = nanoTime;
		this.observations = new BeatObservations(this.leaseNanos);
		this.nextStep = nanoTime.getAsLong();
	}

	/**
	 * Return why the election does not work at present. May be called by any thread.
	 * @return a sentence, or {@code null} if it works
	 */
	@Nullable String problem() {
		Problem present = this.problem;
		return (present != null) ? present.text() : null;
	}

	/**
	 * Return how long the election has not worked. May be called by any thread.
	 * @return the time, or {@code null} if it works
	 */
	@Nullable Duration problemTime() {
		Problem present = this.problem;
		return (present != null) ? Duration.ofNanos(nanoTime() - present.since()) : null;
	}

	/**
	 * Return what is known about the group. May be called by any thread.
	 * @return the status
	 */
	GroupStatus groupStatus() {
		return new GroupStatus(this.group, this.name, this.ownedLines, this.instances);
	}

	long nanoTime() {
		return this.nanoTime.getAsLong();
	}

	void setHeartbeatListener(HeartbeatListener listener) {
		this.heartbeatListener = listener;
	}

	void join(JdbcCandidacy candidacy) {
		this.candidacies.add(line(candidacy), candidacy);
		this.nextStep = nanoTime();
	}

	void leave(JdbcCandidacy candidacy) {
		String line = line(candidacy);
		this.candidacies.remove(line, candidacy);
		LeasedOwnership ownership = candidacy.ownership();
		InstanceLease current = this.lease;
		candidacy.revoke("the client has left the election");
		// while the database is away, the line waits for a later step
		if (ownership != null && current != null && this.problem == null) {
			try {
				this.tables.freeLine(line, current.instance(), ownership.getFence());
			}
			catch (RuntimeException ex) {
				onFailure(ex);
			}
		}
	}

	private String line(JdbcCandidacy candidacy) {
		return this.group + "/" + candidacy.client();
	}

	/**
	 * Return how long nothing is to be done.
	 * @return nanoseconds, not positive if a step is due
	 */
	long nanosToNextStep() {
		return this.nextStep - nanoTime();
	}

	/**
	 * Return when ownerships have to be revoked.
	 * @return nanoseconds; {@link Long#MAX_VALUE} if there is no valid lease
	 */
	long nanosToDeadline() {
		InstanceLease current = this.lease;
		long remaining = (current != null) ? current.remainingNanos() : 0;
		return (remaining > 0) ? remaining : Long.MAX_VALUE;
	}

	/** Renew the lease if it is time, and look. To be called each tenth of a lease. */
	void step() {
		long now = nanoTime();
		this.nextStep = now + this.leaseNanos / 10;
		revokeExpired();
		try {
			InstanceLease current = this.lease;
			// steps are not exact, so the fifth of a lease is reached a little earlier
			if (current == null) {
				current = enter(now);
			}
			else if (now - this.beatAt >= this.leaseNanos * 3 / 20) {
				current = beat(current, now);
			}
			look(current);
			if (this.problem != null) {
				this.problem = null;
				logger.info("Election of group '" + this.group + "' works again");
			}
		}
		catch (RuntimeException ex) {
			onFailure(ex);
		}
		revokeExpired();
	}

	/** Revoke ownerships whose lease has expired. */
	void revokeExpired() {
		this.ownedLines = this.candidacies.revokeExpired();
	}

	private InstanceLease enter(long now) {
		String instance = UUID.randomUUID().toString();
		measure(() -> {
			this.tables.insertInstance(instance, this.name);
			return true;
		});
		InstanceLease entered = new InstanceLease(instance, this.nanoTime, this.leaseNanos / 10 * 9, now);
		this.lease = entered;
		this.beatAt = now;
		return entered;
	}

	private InstanceLease beat(InstanceLease current, long now) {
		if (!measure(() -> this.tables.beat(current.instance()))) {
			logger.warn("Election of group '" + this.group + "': another instance has declared this one dead");
			this.lease = null;
			this.candidacies.revokeAll("declared dead by another instance");
			return enter(now);
		}
		// what has expired is not valid again because of a late heartbeat
		revokeExpired();
		current.renew(now);
		this.beatAt = now;
		writeStates(current);
		return current;
	}

	private boolean measure(BooleanSupplier heartbeat) {
		long begun = nanoTime();
		boolean success = false;
		try {
			success = heartbeat.getAsBoolean();
			return success;
		}
		finally {
			notifyListener(success, Duration.ofNanos(nanoTime() - begun));
		}
	}

	private void notifyListener(boolean success, Duration elapsed) {
		try {
			this.heartbeatListener.onHeartbeat(success, elapsed);
		}
		catch (RuntimeException ex) {
			logger.error("A listener of heartbeats failed", ex);
		}
	}

	private void writeStates(InstanceLease current) {
		List<LineRow> rows = new ArrayList<>();
		List<Runnable> written = new ArrayList<>();
		for (JdbcCandidacy owner : this.candidacies.findUnwritten(MOST_LINES)) {
			LeasedOwnership ownership = owner.ownership();
			ConnectionState state = owner.unwrittenState();
			if (ownership != null && state != null) {
				rows.add(new LineRow(line(owner), current.instance(), ownership.getFence(), state.name()));
				written.add(() -> owner.stateWritten(state));
			}
		}
		if (!rows.isEmpty()) {
			this.tables.writeStates(rows);
			written.forEach(Runnable::run);
		}
	}

	private void look(InstanceLease current) {
		// an owner enters before it takes a line, so the lines have to be read first
		Map<String, LineRow> lines = this.tables.readLines();
		Map<String, InstanceRow> instances = this.tables.readInstances();
		List<InstanceRow> others = instances.values()
			.stream()
			.filter((row) -> !row.instance().equals(current.instance()))
			.toList();
		for (InstanceRow silent : this.observations.update(others, nanoTime())) {
			if (this.tables.deleteInstance(silent)) {
				logger.info("Election of group '" + this.group + "': " + silent.name() + " is dead");
				instances.remove(silent.instance());
			}
		}
		this.instances = instances.size();
		take(current, wanted(current, lines, instances));
		for (LineRow row : lines.values()) {
			if (row.isOwnedBy(current.instance()) && this.candidacies.find(row.line()) == null) {
				this.tables.freeLine(row.line(), current.instance(), row.fence());
			}
		}
	}

	private List<LineRow> wanted(InstanceLease current, Map<String, LineRow> lines,
			Map<String, InstanceRow> instances) {
		List<LineRow> wanted = new ArrayList<>();
		List<String> absent = new ArrayList<>();
		for (String line : this.candidacies.lines()) {
			JdbcCandidacy candidate = this.candidacies.find(line);
			LineRow row = lines.get(line);
			if (candidate == null || isOwner(candidate, current, row)) {
				continue;
			}
			candidate.revoke("the line has another owner");
			InstanceRow owner = (row != null && row.owner() != null) ? instances.get(row.owner()) : null;
			if (row == null) {
				absent.add(line);
			}
			else if (owner == null || row.isOwnedBy(current.instance())) {
				wanted.add(row);
			}
			else {
				candidate.standBy(owner.name(), row.ownerState());
			}
		}
		absent.subList(Math.min(absent.size(), MOST_LINES), absent.size()).clear();
		if (!absent.isEmpty() && this.tables.insertLines(absent)) {
			absent.forEach((line) -> wanted.add(new LineRow(line, null, 0, null)));
		}
		return wanted.subList(0, Math.min(wanted.size(), MOST_LINES));
	}

	private static boolean isOwner(JdbcCandidacy candidate, InstanceLease current, @Nullable LineRow row) {
		LeasedOwnership ownership = candidate.ownership();
		return ownership != null && row != null && row.isOwnedBy(current.instance())
				&& row.fence() == ownership.getFence();
	}

	private void take(InstanceLease current, List<LineRow> wanted) {
		if (wanted.isEmpty() || !current.isValid()) {
			return;
		}
		for (LineRow taken : this.tables.takeLines(current.instance(), wanted)) {
			JdbcCandidacy candidate = this.candidacies.find(taken.line());
			// otherwise the row is taken again, or freed, by a later step
			if (candidate != null && current.isValid()) {
				candidate.grant(new LeasedOwnership(current, taken.fence()), this.name);
			}
		}
	}

	private void onFailure(RuntimeException ex) {
		String reason = (ex.getCause() instanceof SQLException failure) ? failure.getMessage() : ex.getMessage();
		String text = "Election of group '" + this.group + "' does not work: " + reason;
		Problem present = this.problem;
		if (present == null) {
			logger.warn(text);
		}
		this.problem = new Problem(text, (present != null) ? present.since() : nanoTime());
		this.observations.clear();
		this.tables.disconnect();
		// the outcome of a heartbeat is unknown
		this.beatAt = nanoTime() - this.leaseNanos;
	}

	/** Revoke all ownerships, free the lines, and forget the candidates. */
	void close() {
		this.candidacies.revokeAll("the election was stopped");
		this.candidacies.clear();
		this.ownedLines = 0;
		this.instances = null;
		InstanceLease current = this.lease;
		this.lease = null;
		if (current != null) {
			try {
				this.tables.removeInstance(current.instance());
			}
			catch (RuntimeException ex) {
				logger.debug("Lines are not free until the lease has expired", ex);
			}
		}
		this.tables.disconnect();
		this.observations.clear();
		this.problem = null;
	}

	private record Problem(String text, long since) {

	}

}
