package io.github.resilientws.internal.election;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.Ownership;

/**
 * An election whose result the test decides.
 */
public final class ScriptedElection implements LineElection {

	final List<Joined> joined = new ArrayList<>();

	private long fence;

	@Override
	public Candidacy join(String client, Candidate candidate) {
		Joined one = new Joined(candidate);
		this.joined.add(one);
		return one;
	}

	Joined last() {
		return this.joined.get(this.joined.size() - 1);
	}

	Granted ownership() {
		return new Granted(++this.fence);
	}

	static Granted withoutNumber() {
		return new Granted(0);
	}

	Granted grant() {
		Granted granted = ownership();
		last().granted = granted;
		last().candidate.onGranted(granted);
		return granted;
	}

	void revoke() {
		Joined one = last();
		one.granted.held = false;
		one.candidate.onRevoked(one.granted);
	}

	final class Joined implements Candidacy {

		final Candidate candidate;

		final List<ConnectionState> states = new ArrayList<>();

		boolean left;

		private Granted granted;

		private Joined(Candidate candidate) {
			this.candidate = candidate;
		}

		@Override
		public CompletableFuture<Void> leave() {
			this.left = true;
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public void stateChanged(ConnectionState state) {
			this.states.add(state);
		}

		@Override
		public @Nullable String getOwner() {
			return null;
		}

	}

	static final class Granted implements Ownership {

		volatile boolean held = true;

		private final long fence;

		private Granted(long fence) {
			this.fence = fence;
		}

		@Override
		public long getFence() {
			return this.fence;
		}

		@Override
		public boolean isHeld() {
			return this.held;
		}

		@Override
		public @Nullable String getEndReason() {
			return this.held ? null : "no beat for 9 s";
		}

	}

}
