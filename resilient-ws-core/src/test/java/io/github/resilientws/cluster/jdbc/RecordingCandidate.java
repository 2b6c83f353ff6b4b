package io.github.resilientws.cluster.jdbc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.util.Assert;

import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.Ownership;

/**
 * A candidate that keeps what it is notified of.
 */
final class RecordingCandidate implements LineElection.Candidate {

	private final List<Ownership> granted = new CopyOnWriteArrayList<>();

	private final List<Ownership> revoked = new CopyOnWriteArrayList<>();

	private boolean failing;

	@Override
	public void onGranted(Ownership ownership) {
		this.granted.add(ownership);
		Assert.state(!this.failing, "This candidate fails");
	}

	@Override
	public void onRevoked(Ownership ownership) {
		this.revoked.add(ownership);
	}

	/** Throw an exception at each grant from now on. */
	void fail() {
		this.failing = true;
	}

	List<Long> fences() {
		return this.granted.stream().map(Ownership::getFence).toList();
	}

	List<Ownership> granted() {
		return this.granted;
	}

	long lastFence() {
		return this.granted.get(this.granted.size() - 1).getFence();
	}

	List<Long> revokedFences() {
		return this.revoked.stream().map(Ownership::getFence).toList();
	}

	List<String> endReasons() {
		return this.granted.stream().map(Ownership::getEndReason).toList();
	}

	boolean isHeld() {
		return this.granted.stream().anyMatch(Ownership::isHeld);
	}

}
