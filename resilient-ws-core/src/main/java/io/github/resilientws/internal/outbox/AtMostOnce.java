package io.github.resilientws.internal.outbox;

import java.util.List;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.MessageOutcomes;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.MessageRefusedException;

/**
 * Delivery at most once: a message that may have been handed to the operating system is
 * never sent again.
 */
public final class AtMostOnce implements DeliveryMode {

	private final Outbox outbox;

	private final MessageOutcomes outcomes;

	public AtMostOnce(Outbox outbox, MessageOutcomes outcomes) {
		this.outbox = outbox;
		this.outcomes = outcomes;
	}

	@Override
	public int window() {
		return Integer.MAX_VALUE;
	}

	@Override
	public DeliveryMonitor monitor(PeerLiveness liveness) {
		return DeliveryMonitor.NONE;
	}

	@Override
	public void onWriteCompleted(List<OutboxEntry> batch, int written, int started, boolean current) {
		List<OutboxEntry> delivered = (written == batch.size()) ? batch : List.copyOf(batch.subList(0, written));
		if (!delivered.isEmpty()) {
			this.outbox.removeWritten(delivered);
			this.outcomes.delivered(delivered);
		}
		for (OutboxEntry uncertain : batch.subList(written, started)) {
			this.outbox.end(uncertain, Reason.UNDELIVERABLE, "the connection ended while it was being written");
		}
		List<OutboxEntry> unsent = batch.subList(started, batch.size());
		unsent.forEach(OutboxEntry::handOverFailed);
		this.outbox.takeBack(unsent);
	}

	@Override
	public void onRefused(OutboxEntry entry, MessageRefusedException refusal) {
		this.outbox.refuse(entry, refusal);
	}

}
