package io.github.resilientws.cluster.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.GroupStatus;
import io.github.resilientws.internal.jdbc.Database;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link LineElector} shows to operators.
 */
class LineElectorStatusTests {

	private static final Duration LEASE = SteppedInstance.LEASE;

	private static final Duration LOOK = SteppedInstance.LOOK;

	private static final Duration BEAT = LOOK.multipliedBy(2);

	// a monotonic time may be negative, and overflow
	private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - LEASE.toNanos());

	private final DataSource dataSource = Database.H2.create();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	private final SteppedInstance first = new SteppedInstance("pod-1", "shop", this.dataSource, this.time);

	private final SteppedInstance second = new SteppedInstance("pod-2", "shop", this.dataSource, this.time);

	@Test
	void ownershipWithoutHeartbeatEndsWithTheTimeOfSilence() {
		joinBoth();
		assertThat(this.first.candidate.endReasons()).containsExactly((String) null);
		advance(LOOK.multipliedBy(9));
		assertThat(this.first.candidate.endReasons()).containsExactly("no beat for 9 s");
		advance(LEASE);
		this.first.step();
		assertThat(this.first.candidate.endReasons()).startsWith("no beat for 9 s");
	}

	@Test
	void silenceIsMeasuredUntilItIsNoticed() {
		joinBoth();
		advance(Duration.ofMillis(31_250));
		this.first.step();
		assertThat(this.first.candidate.endReasons()).startsWith("no beat for 31.2 s");
	}

	@Test
	void ownershipOfAnInstanceThatIsDeclaredDeadEndsWithThatReason() {
		joinBoth();
		this.jdbc.update("DELETE FROM RESILIENT_WS_INSTANCE WHERE NAME = 'pod-1'");
		this.first.advance(BEAT);
		assertThat(this.first.candidate.endReasons()).startsWith("declared dead by another instance");
	}

	@Test
	void ownershipOfALineWithAnotherOwnerEndsWithThatReason() {
		joinBoth();
		this.jdbc.update("UPDATE RESILIENT_WS_LINE SET OWNER = (SELECT INSTANCE FROM RESILIENT_WS_INSTANCE"
				+ " WHERE NAME = 'pod-2'), FENCE = FENCE + 1");
		this.first.advance(LOOK);
		assertThat(this.first.candidate.endReasons()).containsExactly("the line has another owner");
	}

	@Test
	void ownershipThatTheClientLeavesEndsWithThatReason() {
		joinBoth();
		this.first.candidacy.leave();
		assertThat(this.first.candidate.endReasons()).containsExactly("the client has left the election");
	}

	@Test
	void ownershipOfAnElectionThatIsStoppedEndsWithThatReason() {
		joinBoth();
		this.first.elector.close();
		assertThat(this.first.candidate.endReasons()).containsExactly("the election was stopped");
	}

	@Test
	void otherInstancesReadTheStateOfTheOwner() {
		joinBoth();
		assertThat(this.second.candidacy.getOwnerState()).isNull();
		for (ConnectionState state : List.of(ConnectionState.CONNECTING, ConnectionState.READY)) {
			this.first.candidacy.stateChanged(state);
			this.first.advance(BEAT);
			this.second.step();
			assertThat(this.second.candidacy.getOwnerState()).isEqualTo(state);
		}
	}

	@Test
	void stateIsWrittenOnlyIfItHasChanged() {
		joinBoth();
		this.first.candidacy.stateChanged(ConnectionState.READY);
		this.first.advance(BEAT);
		this.jdbc.update("UPDATE RESILIENT_WS_LINE SET STATE = 'untouched'");
		this.first.candidacy.stateChanged(ConnectionState.READY);
		this.first.advance(LEASE);
		assertThat(state()).isEqualTo("untouched");
	}

	@Test
	void standbyIsNotWrittenAsTheStateOfAnOwner() {
		joinBoth();
		this.first.candidacy.stateChanged(ConnectionState.STANDBY);
		this.first.advance(BEAT);
		assertThat(state()).isNull();
	}

	@Test
	void stateThatIsNotKnownIsNotShown() {
		joinBoth();
		this.jdbc.update("UPDATE RESILIENT_WS_LINE SET STATE = 'LATER_VERSION'");
		this.second.step();
		assertThat(this.second.candidacy.getOwner()).isEqualTo("pod-1");
		assertThat(this.second.candidacy.getOwnerState()).isNull();
	}

	@Test
	void stateOfAnEarlierOwnerIsNotShown() {
		joinBoth();
		this.first.candidacy.stateChanged(ConnectionState.READY);
		this.first.advance(BEAT);
		this.second.step();
		this.second.advance(LEASE);
		this.first.step();
		assertThat(this.first.candidacy.getOwner()).isEqualTo("pod-2");
		assertThat(this.first.candidacy.getOwnerState()).isNull();
		assertThat(state()).isNull();
	}

	@Test
	void earlierOwnerDoesNotWriteItsState() {
		joinBoth();
		ElectionTables tables = new ElectionTables(this.dataSource, "RESILIENT_WS_", "shop", LEASE);
		LineRow row = tables.readLines().get("shop/chat");
		this.jdbc.update("UPDATE RESILIENT_WS_LINE SET FENCE = FENCE + 1");
		tables.writeStates(List.of(new LineRow(row.line(), row.owner(), row.fence(), "READY")));
		tables.writeStates(List.of(new LineRow(row.line(), "0", row.fence() + 1, "READY")));
		assertThat(state()).isNull();
	}

	@Test
	void stateOfAnEarlierOwnershipIsNotWrittenForTheNext() {
		joinBoth();
		this.first.candidacy.stateChanged(ConnectionState.READY);
		advance(LEASE);
		this.first.step();
		this.first.advance(BEAT);
		assertThat(this.first.candidate.isHeld()).isTrue();
		assertThat(state()).isNull();
	}

	@Test
	void stateIsWrittenAgainByTheNextOwnership() {
		this.first.join("chat");
		this.first.step();
		this.first.candidacy.stateChanged(ConnectionState.READY);
		this.first.advance(BEAT);
		advance(LEASE);
		this.first.step();
		assertThat(this.first.candidate.fences()).containsExactly(1L, 2L);
		this.first.candidacy.stateChanged(ConnectionState.READY);
		this.first.advance(BEAT);
		assertThat(state()).isEqualTo("READY");
	}

	@Test
	void statesOfManyLinesAreWrittenWithSeveralHeartbeats() {
		List<Candidacy> candidacies = new ArrayList<>();
		for (int i = 0; i < 501; i++) {
			this.first.join("client-" + i);
			candidacies.add(this.first.candidacy);
		}
		this.first.step();
		this.first.advance(LOOK);
		candidacies.forEach((one) -> one.stateChanged(ConnectionState.READY));
		this.first.advance(LOOK);
		assertThat(readyLines()).isEqualTo(500);
		this.first.advance(BEAT);
		assertThat(readyLines()).isEqualTo(501);
	}

	@Test
	void lineIsUnownedFromTheLossOfItsOwner() {
		this.first.join("chat");
		assertThat(this.first.candidacy.getUnownedTime()).isZero();
		this.first.step();
		assertThat(this.first.candidacy.getUnownedTime()).isNull();
		this.first.elector.close();
		advance(Duration.ofHours(1));
		assertThat(this.first.candidacy.getUnownedTime()).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void lineOfAnotherInstanceIsUnownedFromTheFirstFailureOfTheElection() {
		joinBoth();
		assertThat(this.second.candidacy.getUnownedTime()).isNull();
		this.second.database.setAway(true);
		this.second.step();
		this.second.advance(LOOK);
		advance(Duration.ofHours(1));
		assertThat(this.second.candidacy.getUnownedTime()).isEqualTo(Duration.ofHours(1).plus(LOOK));
		this.second.database.setAway(false);
		this.second.step();
		assertThat(this.second.candidacy.getUnownedTime()).isNull();
	}

	@Test
	void lineThatWasLostIsUnownedFromTheFirstFailureOfTheElection() {
		joinBoth();
		this.first.database.setAway(true);
		this.first.advance(LEASE);
		assertThat(this.first.candidacy.getOwner()).isNull();
		assertThat(this.first.candidacy.getUnownedTime()).isEqualTo(LOOK.multipliedBy(9));
	}

	@Test
	void groupStatusCountsLinesAndLivingInstances() {
		assertThat(this.first.election.getGroupStatus()).isEqualTo(new GroupStatus("shop", "pod-1", 0, null));
		joinBoth();
		this.first.join("prices");
		this.first.step();
		assertThat(this.first.election.getGroupStatus()).isEqualTo(new GroupStatus("shop", "pod-1", 2, 2));
		assertThat(this.second.election.getGroupStatus()).isEqualTo(new GroupStatus("shop", "pod-2", 0, 2));
		this.second.advance(LEASE);
		assertThat(this.second.election.getGroupStatus().instances()).isOne();
		this.first.elector.revokeExpired();
		assertThat(this.first.election.getGroupStatus().lines()).isZero();
	}

	@Test
	void listenerIsNotifiedOfEachHeartbeat() {
		List<Boolean> heartbeats = new ArrayList<>();
		this.first.election.setHeartbeatListener((success, elapsed) -> heartbeats.add(success));
		this.first.join("chat");
		this.first.step();
		this.first.advance(BEAT);
		assertThat(heartbeats).containsExactly(true, true);
		this.first.database.setAway(true);
		this.first.advance(BEAT);
		assertThat(heartbeats).containsExactly(true, true, false);
		this.first.database.setAway(false);
		this.jdbc.update("DELETE FROM RESILIENT_WS_INSTANCE");
		this.first.step();
		assertThat(heartbeats).containsExactly(true, true, false, false, true);
	}

	@Test
	void listenerThatFailsDoesNotDisturbTheElection() {
		this.first.election.setHeartbeatListener((success, elapsed) -> {
			throw new IllegalStateException("This listener fails");
		});
		this.first.join("chat");
		this.first.step();
		assertThat(this.first.candidate.isHeld()).isTrue();
	}

	private void joinBoth() {
		this.first.join("chat");
		this.second.join("chat");
		this.first.step();
		this.second.step();
	}

	private void advance(Duration duration) {
		this.time.addAndGet(duration.toNanos());
	}

	private String state() {
		return this.jdbc.queryForObject("SELECT STATE FROM RESILIENT_WS_LINE", String.class);
	}

	private Long readyLines() {
		return this.jdbc.queryForObject("SELECT COUNT(*) FROM RESILIENT_WS_LINE WHERE STATE = 'READY'", Long.class);
	}

}
