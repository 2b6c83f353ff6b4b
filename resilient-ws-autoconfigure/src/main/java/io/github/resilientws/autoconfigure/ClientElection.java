package io.github.resilientws.autoconfigure;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

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

	/** Since when it was seen that the line has no owner; guarded by this. */
	private @Nullable Instant unownedSince;

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
		String owner = (candidacy != null) ? candidacy.getOwner() : null;
		String problem = (candidacy != null) ? candidacy.getProblem() : null;
		boolean unowned = candidacy != null && !held && (problem != null || (source.knowsOwner() && owner == null));
		return new LineStatus(source.name(), owner, (grant != null && held) ? grant.ownership().getFence() : null,
				(grant != null && held) ? grant.since() : null, unownedSince(unowned), problem);
	}

	private synchronized @Nullable Instant unownedSince(boolean unowned) {
		if (!unowned) {
			this.unownedSince = null;
		}
		else if (this.unownedSince == null) {
			this.unownedSince = this.clock.instant();
		}
		return this.unownedSince;
	}

	/**
	 * Where the owner of the line is elected.
	 *
	 * @param name name of the election
	 * @param election the election
	 * @param line name of the line in the election
	 * @param knowsOwner whether the election knows which instance owns a line
	 */
	record Source(String name, LineElection election, String line, boolean knowsOwner) {

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
		public @Nullable String getProblem() {
			Candidacy joined = this.candidacy;
			return (joined != null) ? joined.getProblem() : null;
		}

	}

}
