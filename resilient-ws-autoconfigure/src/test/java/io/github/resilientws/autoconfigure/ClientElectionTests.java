package io.github.resilientws.autoconfigure;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.LineElection.Candidate;
import io.github.resilientws.cluster.Ownership;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known about the owner of a line.
 */
class ClientElectionTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final AtomicReference<Instant> now = new AtomicReference<>(START);

	private final ClientElection election = new ClientElection(this.now::get);

	private final ScriptedCandidacy joined = new ScriptedCandidacy();

	private final RecordingCandidate candidate = new RecordingCandidate();

	@Test
	void statusShowsTheOwnershipOfThisInstance() {
		Candidacy candidacy = join(true);
		assertThat(this.joined.line).isEqualTo("feed");
		this.now.set(START.plusSeconds(5));
		this.joined.candidate.onGranted(this.joined);
		this.joined.owner = "pod-1";
		assertThat(this.candidate.held).isTrue();
		assertThat(status()).isEqualTo(new LineStatus("jdbc", "pod-1", 7L, START.plusSeconds(5), null, null));
		this.joined.candidate.onRevoked(this.joined);
		this.joined.owner = "pod-2";
		assertThat(this.candidate.held).isFalse();
		assertThat(status()).isEqualTo(new LineStatus("jdbc", "pod-2", null, null, null, null));
		assertThat(candidacy.leave()).isCompleted();
		assertThat(this.joined.left).isTrue();
		assertThat(status()).isEqualTo(new LineStatus("jdbc", null, null, null, null, null));
	}

	@Test
	void lineIsUnownedSinceThatWasSeenFirst() {
		join(true);
		assertThat(status().unownedSince()).isEqualTo(START);
		this.now.set(START.plusSeconds(5));
		assertThat(status().unownedSince()).isEqualTo(START);
		this.joined.owner = "pod-2";
		assertThat(status().unownedSince()).isNull();
		this.joined.problem = "no connection";
		assertThat(status().unownedSince()).isEqualTo(START.plusSeconds(5));
		assertThat(status().problem()).isEqualTo("no connection");
	}

	@Test
	void ownerThatTheElectionNeverKnowsIsNotMissed() {
		join(false);
		assertThat(status().unownedSince()).isNull();
	}

	@Test
	void expiredOwnershipIsNotShown() {
		join(true);
		this.joined.candidate.onGranted(this.joined);
		this.joined.held = false;
		assertThat(status().fence()).isNull();
	}

	private Candidacy join(boolean knowsOwner) {
		this.election.use(new ClientElection.Source("jdbc", this.joined, "feed", knowsOwner));
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

		private @Nullable String problem;

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
