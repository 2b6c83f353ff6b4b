package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.Ownership;

/**
 * The election of the line of one client. Remembers who owns the line, for health and
 * endpoint.
 */
final class ClientElection implements LineElection {

	private final InstantSource clock;

	private volatile @Nullable Source source;

	private volatile @Nullable Participation participation;

	ClientElection(InstantSource clock) {
		this.clock = clock;
	}

	// the settings in force are known only after the customizers
	void use(Source source) {
		this.source = source;
	}

	@Override
	public Candidacy join(String client, Candidate candidate) {
		Source source = this.source;
		Assert.state(source != null, "No election was chosen");
		Participation joined = new Participation(candidate);
		this.participation = joined;
		joined.candidacy = source.election().join(source.line(), joined);
		return joined;
	}

	@Nullable LineStatus status() {
		Source source = this.source;
		if (source == null) {
			return null;
		}
		Participation joined = this.participation;
		Candidacy candidacy = (joined != null) ? joined.candidacy : null;
		Grant grant = (joined != null) ? joined.grant : null;
		boolean held = grant != null && grant.ownership().isHeld();
		Duration unowned = (candidacy != null && !held) ? candidacy.getUnownedTime() : null;
		return new LineStatus(source.name(), (candidacy != null) ? candidacy.getOwner() : null,
				(candidacy != null) ? candidacy.getOwnerState() : null,
				(grant != null && held) ? grant.ownership().getFence() : null,
				(grant != null && held) ? grant.since() : null,
				(unowned != null) ? this.clock.instant().minus(unowned) : null,
				(candidacy != null) ? candidacy.getProblem() : null, source.election().getGroupStatus());
	}

	/**
	 * Where the owner of the line is elected.
	 *
	 * @param name name of the election
	 * @param election the election
	 * @param line name of the line in the election
	 */
	record Source(String name, LineElection election, String line) {

	}

	private record Grant(Ownership ownership, Instant since) {

	}

	private final class Participation implements Candidate, Candidacy {

		private final Candidate candidate;

		private volatile @Nullable Candidacy candidacy;

		private volatile @Nullable Grant grant;

		Participation(Candidate candidate) {
			this.candidate = candidate;
		}

		@Override
		public void onGranted(Ownership ownership) {
			this.grant = new Grant(ownership, ClientElection.this.clock.instant());
			this.candidate.onGranted(ownership);
		}

		@Override
		public void onRevoked(Ownership ownership) {
			this.grant = null;
			this.candidate.onRevoked(ownership);
		}

		@Override
		public CompletableFuture<Void> leave() {
			this.grant = null;
			if (ClientElection.this.participation == this) {
				ClientElection.this.participation = null;
			}
			Candidacy joined = this.candidacy;
			return (joined != null) ? joined.leave() : CompletableFuture.completedFuture(null);
		}

		@Override
		public @Nullable String getOwner() {
			Candidacy joined = this.candidacy;
			return (joined != null) ? joined.getOwner() : null;
		}

		@Override
		public @Nullable ConnectionState getOwnerState() {
			Candidacy joined = this.candidacy;
			return (joined != null) ? joined.getOwnerState() : null;
		}

		@Override
		public @Nullable Duration getUnownedTime() {
			Candidacy joined = this.candidacy;
			return (joined != null) ? joined.getUnownedTime() : null;
		}

		@Override
		public void stateChanged(ConnectionState state) {
			Candidacy joined = this.candidacy;
			if (joined != null) {
				joined.stateChanged(state);
			}
		}

		@Override
		public @Nullable String getProblem() {
			Candidacy joined = this.candidacy;
			return (joined != null) ? joined.getProblem() : null;
		}

	}

}
