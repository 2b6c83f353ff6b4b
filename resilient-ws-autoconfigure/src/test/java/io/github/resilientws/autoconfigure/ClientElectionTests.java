package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.GroupStatus;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.LineElection.Candidate;
import io.github.resilientws.cluster.Ownership;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known about the owner of a line.
 */
class ClientElectionTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final GroupStatus GROUP = new GroupStatus("shop", "pod-1", 3, 2);

	private final AtomicReference<Instant> now = new AtomicReference<>(START);

	private final ClientElection election = new ClientElection(this.now::get);

	private final ScriptedCandidacy joined = new ScriptedCandidacy();

	private final RecordingCandidate candidate = new RecordingCandidate();

	@Test
	void statusShowsTheOwnershipOfThisInstance() {
		Candidacy candidacy = join();
		assertThat(this.joined.line).isEqualTo("feed");
		this.now.set(START.plusSeconds(5));
		this.joined.candidate.onGranted(this.joined);
		this.joined.owner = "pod-1";
		assertThat(this.candidate.held).isTrue();
		assertThat(status())
			.isEqualTo(new LineStatus("jdbc", "pod-1", null, 7L, START.plusSeconds(5), null, null, GROUP));
		this.joined.candidate.onRevoked(this.joined);
		this.joined.owner = "pod-2";
		this.joined.ownerState = ConnectionState.READY;
		assertThat(this.candidate.held).isFalse();
		assertThat(status())
			.isEqualTo(new LineStatus("jdbc", "pod-2", ConnectionState.READY, null, null, null, null, GROUP));
		assertThat(candidacy.leave()).isCompleted();
		assertThat(this.joined.left).isTrue();
		assertThat(status()).isEqualTo(new LineStatus("jdbc", null, null, null, null, null, null, GROUP));
	}

	@Test
	void lineIsUnownedForTheTimeThatTheElectionMeasured() {
		join();
		this.now.set(START.plusSeconds(3600));
		assertThat(status().unownedSince()).isNull();
		this.joined.unownedTime = Duration.ofSeconds(3600);
		this.joined.problem = "no connection";
		assertThat(status().unownedSince()).isEqualTo(START);
		assertThat(status().problem()).isEqualTo("no connection");
	}

	@Test
	void lineOfThisInstanceIsNotUnowned() {
		join();
		this.joined.candidate.onGranted(this.joined);
		this.joined.unownedTime = Duration.ofSeconds(1);
		assertThat(status().unownedSince()).isNull();
		this.joined.held = false;
		assertThat(status().unownedSince()).isNotNull();
	}

	@Test
	void electionLearnsTheStateOfTheClient() {
		join().stateChanged(ConnectionState.READY);
		assertThat(this.joined.state).isEqualTo(ConnectionState.READY);
	}

	@Test
	void expiredOwnershipIsNotShown() {
		join();
		this.joined.candidate.onGranted(this.joined);
		this.joined.held = false;
		assertThat(status().fence()).isNull();
	}

	private Candidacy join() {
		this.election.use(new ClientElection.Source("jdbc", this.joined, "feed"));
		return this.election.join("chat", this.candidate);
	}

	private LineStatus status() {
		return this.election.status();
	}

	private static final class RecordingCandidate implements Candidate {

		private boolean held;

		@Override
		public void onGranted(Ownership ownership) {
			this.held = true;
		}

		@Override
		public void onRevoked(Ownership ownership) {
			this.held = false;
		}

	}

	/** Election, participation and ownership in one. */
	private static final class ScriptedCandidacy implements LineElection, Candidacy, Ownership {

		private String line;

		private Candidate candidate;

		private @Nullable String owner;

		private @Nullable ConnectionState ownerState;

		private @Nullable Duration unownedTime;

		private @Nullable String problem;

		private @Nullable ConnectionState state;

		private boolean held = true;

		private boolean left;

		@Override
		public Candidacy join(String line, Candidate candidate) {
			this.line = line;
			this.candidate = candidate;
			return this;
		}

		@Override
		public CompletableFuture<Void> leave() {
			this.left = true;
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public @Nullable String getOwner() {
			return this.owner;
		}

		@Override
		public @Nullable ConnectionState getOwnerState() {
			return this.ownerState;
		}

		@Override
		public @Nullable Duration getUnownedTime() {
			return this.unownedTime;
		}

		@Override
		public void stateChanged(ConnectionState state) {
			this.state = state;
		}

		@Override
		public GroupStatus getGroupStatus() {
			return GROUP;
		}

		@Override
		public @Nullable String getProblem() {
			return this.problem;
		}

		@Override
		public long getFence() {
			return 7;
		}

		@Override
		public boolean isHeld() {
			return this.held;
		}

	}

}
