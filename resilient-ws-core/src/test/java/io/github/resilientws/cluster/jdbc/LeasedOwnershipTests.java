package io.github.resilientws.cluster.jdbc;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeasedOwnership}.
 */
class LeasedOwnershipTests {

	private final AtomicLong time = new AtomicLong();

	private final InstanceLease lease = new InstanceLease("pod-1", this.time::get, 10, 0);

	private final LeasedOwnership ownership = new LeasedOwnership(this.lease, 1);

	@Test
	void ownershipIsHeldUntilTheDeadline() {
		this.time.set(9);
		assertThat(this.ownership.isHeld()).isTrue();
		this.lease.renew(10);
		this.time.set(19);
		assertThat(this.ownership.isHeld()).isTrue();
		this.time.set(20);
		assertThat(this.ownership.isHeld()).isFalse();
	}

	@Test
	void ownershipThatHasExpiredIsNotHeldAfterARenewal() {
		this.time.set(10);
		assertThat(this.ownership.isHeld()).isFalse();
		this.lease.renew(10);
		assertThat(this.ownership.isHeld()).isFalse();
	}

	@Test
	void ownershipThatHasEndedIsNotHeld() {
		this.ownership.end("revoked");
		assertThat(this.ownership.isHeld()).isFalse();
		assertThat(this.ownership.getEndReason()).isEqualTo("revoked");
		this.ownership.end("later");
		assertThat(this.ownership.getEndReason()).isEqualTo("revoked");
	}

}
