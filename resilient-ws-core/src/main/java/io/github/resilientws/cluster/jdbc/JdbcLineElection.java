package io.github.resilientws.cluster.jdbc;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.GroupStatus;
import io.github.resilientws.cluster.LineElection;

/**
 * An election by leases in a database. An instance renews its lease by a heartbeat, and
 * owns its lines as long as it does. If the heartbeat of an instance does not change for
 * the time of a lease, other instances take its lines. No clocks of different machines
 * are compared.
 *
 * <pre class="code">
 * JdbcLineElection election = new JdbcLineElection(dataSource, "shop", Duration.ofSeconds(10), "pod-1",
 * 		"RESILIENT_WS_", System::nanoTime);
 * election.start();
 * </pre>
 *
 * All statements and all calls of candidates run on one thread. A candidate learns late
 * that it has lost its line if the driver blocks that thread, but
 * {@link io.github.resilientws.cluster.Ownership#isHeld()} is always exact.
 *
 * @since 0.1
 */
public final class JdbcLineElection implements LineElection, AutoCloseable {

	private static final int LONGEST_NAME = 200;

	private static final int LONGEST_GROUP = 100;

	private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

	private final Object monitor = new Object();

	private final LineElector elector;

	private final Duration lease;

	// guarded by the monitor; without a thread, the monitor also guards the elector
	private @Nullable Thread thread;

	private volatile boolean closing;

	/**
	 * Create an election that takes part in nothing before it is started.
	 * @param dataSource provides a connection of its own, which stays open
	 * @param group the instances that share lines; at most 100 characters
	 * @param lease how long an instance may be silent before another one takes its lines;
	 * at least one second, and the same for all instances of the group
	 * @param name name of this instance for logs, such as that of its host
	 * @param tablePrefix the prefix of the table names
	 * @param nanoTime monotonic time
	 */
	public JdbcLineElection(DataSource dataSource, String group, Duration lease, String name, String tablePrefix,
			LongSupplier nanoTime) {
		this(new LineElector(new ElectionTables(dataSource, tablePrefix, checkGroup(group), lease.dividedBy(2)), group,
				name.substring(0, Math.min(name.length(), LONGEST_NAME)), checkLease(lease), nanoTime), lease);
	}

	/**
	 * Create an election whose steps may also be called without a thread.
	 * @param elector the steps
	 * @param lease how long an instance may be silent
	 */
	JdbcLineElection(LineElector elector, Duration lease) {
		this.elector = elector;
		this.lease = lease;
	}

	private static String checkGroup(String group) {
		Assert.hasText(group, "'group' must not be empty");
		Assert.isTrue(group.length() <= LONGEST_GROUP, "'group' must have at most 100 characters");
		return group;
	}

	private static Duration checkLease(Duration lease) {
		Assert.isTrue(lease.compareTo(Duration.ofSeconds(1)) >= 0, "'lease' must be at least one second");
		return lease;
	}

	/**
	 * Set who is notified of heartbeats. To be called before the start.
	 * @param listener the listener
	 */
	public void setHeartbeatListener(HeartbeatListener listener) {
		this.elector.setHeartbeatListener(listener);
	}

	/** Begin to take part, with a new id of this instance. */
	public void start() {
		synchronized (this.monitor) {
			Assert.state(this.thread == null, "The election is running");
			this.closing = false;
			Thread started = new Thread(this::run, "resilient-ws-election");
			started.setDaemon(true);
			this.thread = started;
			started.start();
		}
	}

	/**
	 * End all ownerships, free the lines, and take part no longer. Waits for the database
	 * at most half of the lease. Candidates have to join again after the next start.
	 */
	@Override
	public void close() {
		Thread current;
		synchronized (this.monitor) {
			current = this.thread;
			this.closing = true;
			this.tasks.add(() -> {
			});
		}
		if (current != null && current != Thread.currentThread()) {
			try {
				current.join(this.lease.toMillis() / 2);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public Candidacy join(String client, Candidate candidate) {
		JdbcCandidacy candidacy = new JdbcCandidacy(client, candidate, this);
		submit(() -> this.elector.join(candidacy));
		return candidacy;
	}

	CompletableFuture<Void> leave(JdbcCandidacy candidacy) {
		return submit(() -> this.elector.leave(candidacy));
	}

	@Override
	public GroupStatus getGroupStatus() {
		return this.elector.groupStatus();
	}

	@Nullable String getProblem() {
		return this.elector.problem();
	}

	@Nullable Duration getProblemTime() {
		return this.elector.problemTime();
	}

	long nanoTime() {
		return this.elector.nanoTime();
	}

	private CompletableFuture<Void> submit(Runnable task) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		synchronized (this.monitor) {
			if (this.thread != null) {
				this.tasks.add(() -> {
					task.run();
					done.complete(null);
				});
				return done;
			}
			task.run();
		}
		done.complete(null);
		return done;
	}

	private void run() {
		try {
			while (!this.closing) {
				this.elector.step();
				runTasks();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.elector.close();
			end();
		}
	}

	/** Run all tasks that wait, and those that come until the next step is due. */
	private void runTasks() throws InterruptedException {
		Runnable task;
		do {
			long nanos = Math.min(this.elector.nanosToNextStep(), this.elector.nanosToDeadline());
			task = this.tasks.poll(nanos, TimeUnit.NANOSECONDS);
			if (task != null) {
				task.run();
			}
			this.elector.revokeExpired();
		}
		while (!this.closing && (task != null || this.elector.nanosToNextStep() > 0));
	}

	/** Run the last tasks; later ones run on the thread of their caller. */
	private void end() {
		while (true) {
			Runnable task;
			synchronized (this.monitor) {
				task = this.tasks.poll();
				if (task == null) {
					this.thread = null;
					return;
				}
			}
			task.run();
		}
	}

}
