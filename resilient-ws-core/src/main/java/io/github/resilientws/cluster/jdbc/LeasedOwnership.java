package io.github.resilientws.cluster.jdbc;

import io.github.resilientws.cluster.Ownership;

/**
 * An ownership that ends with the lease of the instance. Once it is not held, it is never
 * held again, even if the lease is renewed later.
 */
final class LeasedOwnership implements Ownership {

	private final InstanceLease lease;

	private final long fence;

	private volatile boolean ended;

	LeasedOwnership(InstanceLease lease, long fence) {
		this.lease = lease;
		this.fence = fence;
	}

	@Override
	public long getFence() {
		return this.fence;
	}

	@Override
	public boolean isHeld() {
		if (!this.ended && !this.lease.isValid()) {
			this.ended = true;
		}
		return !this.ended;
	}

	void end() {
		this.ended = true;
	}

}
