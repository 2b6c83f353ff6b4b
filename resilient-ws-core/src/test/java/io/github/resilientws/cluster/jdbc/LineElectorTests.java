package io.github.resilientws.cluster.jdbc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineElector}, whose steps are called one by one.
 */
@ParameterizedClass
@Databases
class LineElectorTests {

	private static final Duration LEASE = SteppedInstance.LEASE;

	private static final Duration LOOK = SteppedInstance.LOOK;

	// a monotonic time may be negative, and overflow
	private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - LEASE.toNanos());

	private final DataSource dataSource;

	private final JdbcTemplate jdbc;

	private final SteppedInstance first;

	private final SteppedInstance second;

	LineElectorTests(Database database) {
		this.dataSource = database.create();
		this.jdbc = new JdbcTemplate(this.dataSource);
		this.first = new SteppedInstance("pod-1", "shop", this.dataSource, this.time);
		this.second = new SteppedInstance("pod-2", "shop", this.dataSource, this.time);
	}

	@Test
	void freeLineIsTakenAtOnce() {
		this.first.join("chat");
		this.first.step();
		assertThat(this.first.candidate.fences()).containsExactly(1L);
		assertThat(this.first.candidate.isHeld()).isTrue();
		assertThat(this.first.candidacy.getOwner()).isEqualTo("pod-1");
		assertThat(owner("chat")).isEqualTo(instance("pod-1"));
	}

	@Test
	void secondInstanceStandsBy() {
		joinBoth();
		assertThat(this.second.candidate.fences()).isEmpty();
		assertThat(this.second.candidacy.getOwner()).isEqualTo("pod-1");
	}

	@Test
	void groupsShareNothing() {
		SteppedInstance other = new SteppedInstance("pod-3", "shop_2", this.dataSource, this.time);
		this.first.join("chat");
		other.join("chat");
		this.first.step();
		other.step();
		assertThat(other.candidate.fences()).containsExactly(1L);
		other.advance(LEASE);
		assertThat(instance("pod-1")).isNotNull();
	}

	@Test
	void lineOfASilentOwnerIsTakenAfterALease() {
		joinBoth();
		this.second.advance(LOOK.multipliedBy(9));
		assertThat(this.first.candidate.isHeld()).isFalse();
		advance(LOOK.minusNanos(1));
		this.second.step();
		assertThat(this.second.candidate.fences()).isEmpty();
		advance(Duration.ofNanos(1));
		this.second.step();
		assertThat(this.second.candidate.fences()).containsExactly(2L);
		assertThat(this.second.candidate.isHeld()).isTrue();
		assertThat(instance("pod-1")).isNull();
	}

	@Test
	void ownerWithAHeartbeatKeepsItsLine() {
		joinBoth();
		for (int i = 0; i < 50; i++) {
			advance(LOOK);
			this.first.step();
			this.second.step();
			assertThat(this.first.candidate.isHeld()).isTrue();
		}
		assertThat(this.first.candidate.fences()).containsExactly(1L);
		assertThat(this.second.candidate.fences()).isEmpty();
		assertThat(beats()).isEqualTo(25);
	}

	@Test
	void failedLookBeginsTheObservationAgain() {
		joinBoth();
		this.second.advance(LOOK.multipliedBy(9));
		this.second.database.setAway(true);
		this.second.advance(LOOK);
		assertThat(this.second.candidacy.getProblem()).contains("shop", "Connection refused");
		this.second.database.setAway(false);
		this.second.advance(LOOK);
		assertThat(this.second.candidacy.getProblem()).isNull();
		this.second.advance(LOOK.multipliedBy(9));
		assertThat(this.second.candidate.fences()).isEmpty();
		this.second.advance(LOOK);
		assertThat(this.second.candidate.fences()).containsExactly(2L);
	}

	@Test
	void lookThatTakesLongBeginsTheObservationAgain() {
		joinBoth();
		advance(LEASE);
		this.second.step();
		this.second.advance(LOOK.multipliedBy(9));
		assertThat(this.second.candidate.fences()).isEmpty();
		this.second.advance(LOOK);
		assertThat(this.second.candidate.fences()).containsExactly(2L);
	}

	@Test
	void ownerThatIsDeclaredDeadLosesItsLines() {
		joinBoth();
		String dead = instance("pod-1");
		this.second.advance(LEASE);
		this.first.step();
		assertThat(this.first.candidate.revokedFences()).containsExactly(1L);
		assertThat(this.first.candidacy.getOwner()).isEqualTo("pod-2");
		assertThat(instance("pod-1")).isNotNull().isNotEqualTo(dead);
		assertThat(this.second.candidate.isHeld()).isTrue();
	}

	@Test
	void ownerThatIsDeclaredDeadByMistakeEndsItsOwnership() {
		this.first.join("chat");
		this.first.step();
		this.jdbc.update("DELETE FROM RESILIENT_WS_INSTANCE");
		this.jdbc.execute("ALTER TABLE RESILIENT_WS_LINE RENAME TO UNREADABLE");
		this.first.advance(LOOK.multipliedBy(2));
		assertThat(this.first.candidate.revokedFences()).containsExactly(1L);
		assertThat(this.first.candidate.isHeld()).isFalse();
		this.jdbc.execute("ALTER TABLE UNREADABLE RENAME TO RESILIENT_WS_LINE");
		this.first.advance(LOOK);
		assertThat(this.first.candidate.fences()).containsExactly(1L, 2L);
	}

	@Test
	void ownerLetsGoAtTheDeadlineAndTakesTheLineAgain() {
		this.first.join("chat");
		this.first.step();
		String instance = instance("pod-1");
		this.first.database.setAway(true);
		this.first.advance(LOOK.multipliedBy(8));
		advance(LOOK.minusNanos(1));
		assertThat(this.first.candidate.isHeld()).isTrue();
		advance(Duration.ofNanos(1));
		assertThat(this.first.candidate.isHeld()).isFalse();
		this.first.step();
		assertThat(this.first.candidate.revokedFences()).containsExactly(1L);
		this.first.advance(LEASE.multipliedBy(3));
		assertThat(this.first.candidate.fences()).containsExactly(1L);
		this.first.database.setAway(false);
		this.first.advance(LOOK);
		assertThat(this.first.candidate.fences()).containsExactly(1L, 2L);
		assertThat(this.first.candidate.isHeld()).isTrue();
		assertThat(instance("pod-1")).isEqualTo(instance);
	}

	@Test
	void expiredOwnershipIsNotHeldAgainAfterALateHeartbeat() {
		this.first.join("chat");
		this.first.step();
		advance(LEASE);
		this.first.step();
		assertThat(this.first.candidate.revokedFences()).containsExactly(1L);
		assertThat(this.first.candidate.fences()).containsExactly(1L, 2L);
	}

	@Test
	void shortOutageIsNotNoticed() {
		joinBoth();
		for (int i = 0; i < 6; i++) {
			boolean away = i > 1;
			this.first.database.setAway(away);
			this.second.database.setAway(away);
			advance(LOOK);
			this.first.step();
			this.second.step();
		}
		this.first.database.setAway(false);
		this.second.database.setAway(false);
		this.second.advance(LOOK);
		this.first.step();
		this.second.advance(LOOK.multipliedBy(8));
		assertThat(this.first.candidate.isHeld()).isTrue();
		assertThat(this.first.candidate.fences()).containsExactly(1L);
		assertThat(this.second.candidate.fences()).isEmpty();
	}

	@Test
	void ownerThatLeavesHandsOverAtTheNextLook() {
		joinBoth();
		CompletableFuture<Void> left = this.first.candidacy.leave();
		assertThat(left).isCompleted();
		assertThat(this.first.candidate.isHeld()).isFalse();
		assertThat(owner("chat")).isNull();
		this.second.step();
		assertThat(this.second.candidate.fences()).containsExactly(2L);
		assertThat(this.first.candidate.revokedFences()).isEmpty();
	}

	@Test
	void instanceThatStandsByLeavesWithoutEffectOnTheOwner() {
		joinBoth();
		assertThat(this.second.candidacy.leave()).isCompleted();
		advance(LOOK);
		this.first.step();
		assertThat(this.first.candidate.isHeld()).isTrue();
	}

	@Test
	void lineIsFreedLaterIfTheDatabaseIsAway() {
		joinBoth();
		this.first.database.setAway(true);
		assertThat(this.first.candidacy.leave()).isCompleted();
		this.first.database.setAway(false);
		this.first.step();
		this.second.step();
		assertThat(this.second.candidate.fences()).containsExactly(2L);
	}

	@Test
	void clientThatJoinsAgainGetsANewOwnership() {
		this.first.join("chat");
		this.first.step();
		Candidacy previous = this.first.candidacy;
		this.first.join("chat");
		this.first.step();
		assertThat(this.first.candidate.fences()).containsExactly(1L);
		previous.leave();
		this.first.step();
		assertThat(this.first.candidate.fences()).containsExactly(1L, 2L);
		assertThat(owner("chat")).isEqualTo(instance("pod-1"));
	}

	@Test
	void oneOfTwoChallengersTakesTheLine() {
		SteppedInstance third = new SteppedInstance("pod-3", "shop", this.dataSource, this.time);
		joinBoth();
		third.join("chat");
		for (int i = 0; i < 10; i++) {
			third.step();
			this.second.step();
			advance(LOOK);
		}
		third.step();
		this.second.step();
		assertThat(third.candidate.fences()).containsExactly(2L);
		assertThat(this.second.candidate.fences()).isEmpty();
		assertThat(this.second.candidacy.getOwner()).isEqualTo("pod-3");
	}

	@Test
	void statementsChangeNothingAfterALookThatIsOutOfDate() {
		joinBoth();
		ElectionTables tables = new ElectionTables(this.dataSource, "RESILIENT_WS_", "shop", LEASE);
		List<LineRow> lines = List.copyOf(tables.readLines().values());
		List<InstanceRow> instances = List.copyOf(tables.readInstances().values());
		this.first.advance(LOOK.multipliedBy(2));
		assertThat(tables.takeLines("other", lines)).containsExactly(new LineRow("shop/chat", "other", 2, null));
		assertThat(tables.takeLines("another", lines)).isEmpty();
		tables.freeLine("shop/chat", "other", 1);
		assertThat(owner("chat")).isEqualTo("other");
		assertThat(instances).filteredOn((row) -> row.name().equals("pod-1"))
			.singleElement()
			.satisfies((row) -> assertThat(tables.deleteInstance(row)).isFalse());
	}

	@Test
	void ownerWhoseRowNamesAnotherOneEndsItsOwnership() {
		this.first.join("chat");
		this.first.step();
		this.jdbc.update("UPDATE RESILIENT_WS_LINE SET OWNER = NULL");
		this.first.advance(LOOK);
		assertThat(this.first.candidate.revokedFences()).containsExactly(1L);
		assertThat(this.first.candidate.fences()).containsExactly(1L, 2L);
	}

	@Test
	void linesShareTheHeartbeatOfTheirInstance() {
		for (String client : List.of("chat", "prices", "orders")) {
			this.first.join(client);
		}
		this.first.step();
		this.first.advance(LEASE);
		assertThat(this.first.candidate.fences()).containsExactly(1L, 1L, 1L);
		assertThat(beats()).isEqualTo(5);
	}

	@Test
	void manyLinesAreTakenInSeveralSteps() {
		for (int i = 0; i < 501; i++) {
			this.first.join("client-" + i);
		}
		this.first.step();
		assertThat(this.first.candidate.fences()).hasSize(500);
		this.first.advance(LOOK);
		assertThat(this.first.candidate.fences()).hasSize(501);
	}

	@Test
	void closedElectionFreesItsLines() {
		joinBoth();
		this.first.elector.close();
		assertThat(this.first.candidate.revokedFences()).containsExactly(1L);
		assertThat(instance("pod-1")).isNull();
		this.second.step();
		assertThat(this.second.candidate.fences()).containsExactly(2L);
	}

	@Test
	void candidateThatFailsKeepsItsPlaceInTheElection() {
		this.first.join("chat");
		this.first.candidate.fail();
		this.first.step();
		assertThat(this.first.candidate.isHeld()).isTrue();
		assertThat(this.first.candidacy.getProblem()).isNull();
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

	private String owner(String client) {
		return this.jdbc.queryForObject("SELECT OWNER FROM RESILIENT_WS_LINE WHERE LINE = ?", String.class,
				"shop/" + client);
	}

	private String instance(String name) {
		List<String> instances = this.jdbc.queryForList("SELECT INSTANCE FROM RESILIENT_WS_INSTANCE WHERE NAME = ?",
				String.class, name);
		return instances.isEmpty() ? null : instances.get(0);
	}

	private Long beats() {
		return this.jdbc.queryForObject("SELECT BEAT FROM RESILIENT_WS_INSTANCE WHERE NAME = 'pod-1'", Long.class);
	}

}
