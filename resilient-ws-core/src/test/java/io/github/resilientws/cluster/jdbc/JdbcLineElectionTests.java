package io.github.resilientws.cluster.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JdbcLineElection} with its thread.
 */
class JdbcLineElectionTests {

	private static final Duration LEASE = Duration.ofSeconds(1);

	private static final int ROUNDS = 10;

	private final List<Instance> instances = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.instances.forEach((instance) -> instance.database.unfreeze());
		this.instances.forEach((instance) -> instance.election.close());
	}

	@ParameterizedTest
	@Databases
	void oneInstanceAtATimeOwnsTheLine(Database database) {
		DataSource dataSource = database.create();
		for (int i = 1; i <= 3; i++) {
			new Instance("pod-" + i, dataSource).start();
		}
		List<Long> durations = new ArrayList<>();
		try (OwnershipMonitor monitor = new OwnershipMonitor(
				this.instances.stream().map((one) -> one.candidate).toList())) {
			Instance owner = awaitOtherOwner(null);
			for (int round = 0; round < ROUNDS; round++) {
				boolean freeze = round % 2 == 0;
				long begin = System.nanoTime();
				if (freeze) {
					owner.database.freeze();
				}
				else {
					owner.election.close();
				}
				Instance next = awaitOtherOwner(owner);
				durations.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
				assertThat(next.candidate.lastFence()).isGreaterThan(owner.candidate.lastFence());
				owner.database.unfreeze();
				awaitRevoked(owner);
				if (!freeze) {
					owner.start();
				}
				owner = next;
			}
			assertThat(monitor.samples()).isGreaterThan(1000);
			assertThat(monitor.overlaps()).isEmpty();
		}
		assertThat(this.instances.stream().flatMap((one) -> one.candidate.fences().stream())).doesNotHaveDuplicates();
		System.out.printf("%s: taken over after %s ms, overlaps 0%n", database, durations);
	}

	@ParameterizedTest
	@Databases
	void stateOfTheOwnerReachesOtherInstances(Database database) {
		DataSource dataSource = database.create();
		Instance owner = new Instance("pod-1", dataSource);
		owner.start();
		awaitOtherOwner(null);
		Instance other = new Instance("pod-2", dataSource);
		other.start();
		for (ConnectionState state : List.of(ConnectionState.CONNECTING, ConnectionState.READY)) {
			owner.candidacy.stateChanged(state);
			// written with a heartbeat, and read by a look
			Awaitility.await().untilAsserted(() -> assertThat(other.candidacy.getOwnerState()).isEqualTo(state));
		}
	}

	@Test
	void ownershipIsRevokedWhileTheDatabaseIsAway() {
		Instance instance = new Instance("pod-1", Database.H2.create());
		instance.start();
		awaitOtherOwner(null);
		instance.database.setAway(true);
		awaitRevoked(instance);
		assertThat(instance.candidacy.getProblem()).contains("Connection refused");
		instance.database.setAway(false);
		Awaitility.await().untilAsserted(() -> assertThat(instance.candidate.fences()).containsExactly(1L, 2L));
		assertThat(instance.candidate.isHeld()).isTrue();
	}

	@Test
	void ownershipIsRevokedWhileTheDatabaseDoesNotAnswer() throws SQLException {
		DataSource dataSource = Database.POSTGRESQL.create();
		Instance instance = new Instance("pod-1", dataSource);
		instance.start();
		awaitOtherOwner(null);
		try (Connection connection = dataSource.getConnection()) {
			connection.setAutoCommit(false);
			connection.createStatement().executeUpdate("UPDATE RESILIENT_WS_INSTANCE SET BEAT = BEAT");
			awaitRevoked(instance);
			assertThat(instance.candidacy.getProblem()).isNotNull();
			connection.rollback();
		}
		Awaitility.await().untilAsserted(() -> assertThat(instance.candidate.fences()).containsExactly(1L, 2L));
	}

	@Test
	void candidateThatLeavesFreesItsLine() {
		DataSource dataSource = Database.H2.create();
		Instance instance = new Instance("pod-1", dataSource);
		instance.start();
		awaitOtherOwner(null);
		assertThat(instance.candidacy.leave()).succeedsWithin(LEASE);
		assertThat(new JdbcTemplate(dataSource).queryForList("SELECT OWNER FROM RESILIENT_WS_LINE", String.class))
			.containsOnlyNulls();
	}

	@Test
	void candidateMayJoinBeforeTheStart() {
		Instance instance = new Instance("pod-1", Database.H2.create());
		instance.join();
		instance.election.start();
		awaitOtherOwner(null);
	}

	@Test
	void candidateMayLeaveAfterTheEnd() {
		Instance instance = new Instance("pod-1", Database.H2.create());
		instance.start();
		instance.election.close();
		assertThat(instance.candidacy.leave()).succeedsWithin(LEASE);
	}

	@Test
	void endDoesNotWaitForADatabaseThatDoesNotAnswer() {
		Instance instance = new Instance("pod-1", Database.H2.create());
		instance.start();
		awaitOtherOwner(null);
		instance.database.freeze();
		instance.election.close();
		Awaitility.await().untilAsserted(() -> assertThat(instance.candidate.isHeld()).isFalse());
	}

	@Test
	void shortLeaseIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new JdbcLineElection(Database.H2.create(), "shop", Duration.ofMillis(999), "pod-1",
					"RESILIENT_WS_", System::nanoTime))
			.withMessage("'lease' must be at least one second");
	}

	private Instance awaitOtherOwner(Instance previous) {
		return Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(LEASE.plusSeconds(3))
			.until(() -> this.instances.stream().filter((one) -> one != previous && one.candidate.isHeld()).findFirst(),
					Optional::isPresent)
			.orElseThrow();
	}

	private static void awaitRevoked(Instance instance) {
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(instance.candidate.revokedFences()).contains(instance.candidate.lastFence()));
	}

	/** An instance of the application. */
	private final class Instance {

		private final RecordingCandidate candidate = new RecordingCandidate();

		private final GatedDataSource database;

		private final JdbcLineElection election;

		private Candidacy candidacy;

		private Instance(String name, DataSource dataSource) {
			this.database = new GatedDataSource(dataSource);
			this.election = new JdbcLineElection(this.database, "shop", LEASE, name, "RESILIENT_WS_", System::nanoTime);
			JdbcLineElectionTests.this.instances.add(this);
		}

		private void start() {
			this.election.start();
			join();
		}

		private void join() {
			this.candidacy = this.election.join("chat", this.candidate);
		}

	}

}
