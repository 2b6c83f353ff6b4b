package io.github.resilientws.core;

import java.util.Queue;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Fails what senders leave when the executor takes no more tasks.
 */
final class Abandonment {

	private final Queue<OutboxEntry> ingress;

	private final Completions completions;

	private final Quota quota;

	Abandonment(Queue<OutboxEntry> ingress, Completions completions, Quota quota) {
		this.ingress = ingress;
		this.completions = completions;
		this.quota = quota;
	}

	void failIngress() {
		// one consumer at a time: senders, and the executor as long as its last tasks run
		synchronized (this.ingress) {
			for (OutboxEntry entry = this.ingress.poll(); entry != null; entry = this.ingress.poll()) {
				this.quota.decided(1, entry.payload().length);
				this.completions.failed(entry, Reason.CLOSED, "the transport is closed", this.quota);
			}
		}
	}

}
