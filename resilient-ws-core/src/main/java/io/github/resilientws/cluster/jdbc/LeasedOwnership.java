package io.github.resilientws.cluster.jdbc;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.cluster.Ownership;

/**
 * An ownership that ends with the lease of the instance. Once it is not held, it is never
 * held again, even if the lease is renewed later.
 */
final class LeasedOwnership implements Ownership {

	private final InstanceLease lease;

	private final long fence;

	// written once, under the lock of this object
	private volatile @Nullable String endReason;

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
		if (this.endReason == null && !this.lease.isValid()) {
			end("no beat for " + seconds(this.lease.silentNanos()));
		}
		return this.endReason == null;
	}

	@Override
	public @Nullable String getEndReason() {
		return isHeld() ? null : this.endReason;
	}

	/**
	 * End the ownership, if it has not ended.
	 * @param reason why, in a few words
	 */
	synchronized void end(String reason) {
		if (this.endReason == null) {
			this.endReason = reason;
		}
	}

	private static String seconds(long nanos) {
		long tenths = TimeUnit.NANOSECONDS.toMillis(nanos) / 100;
		return tenths / 10 + ((tenths % 10 != 0) ? "." + tenths % 10 : "") + " s";
	}

}
