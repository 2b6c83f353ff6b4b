package io.github.resilientws.internal.outbox;

import java.util.Queue;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Fails what senders leave when the executor takes no more tasks.
 */
public final class Abandonment {

	private final Queue<OutboxEntry> ingress;

	private final MessageOutcomes endings;

	public Abandonment(Queue<OutboxEntry> ingress, MessageOutcomes endings) {
		this.ingress = ingress;
		this.endings = endings;
	}

	public void failIngress() {
		// one consumer at a time: senders, and the executor as long as its last tasks run
		synchronized (this.ingress) {
			for (OutboxEntry entry = this.ingress.poll(); entry != null; entry = this.ingress.poll()) {
				this.endings.failed(entry, Reason.CLOSED, "the transport is closed");
			}
		}
	}

}
