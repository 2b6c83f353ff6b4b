package io.github.resilientws.internal.outbox;

import java.util.List;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * A message that may have been handed to the operating system is never sent again.
 */
public final class AtMostOnce implements DeliveryMode {

	private final Outbox outbox;

	private final MessageOutcomes endings;

	public AtMostOnce(Outbox outbox, MessageOutcomes endings) {
		this.outbox = outbox;
		this.endings = endings;
	}

	@Override
	public void settled(List<OutboxEntry> batch, int written, int started, boolean current) {
		List<OutboxEntry> delivered = (written == batch.size()) ? batch : List.copyOf(batch.subList(0, written));
		if (!delivered.isEmpty()) {
			delivered.forEach(this.outbox::remove);
			this.endings.delivered(delivered);
		}
		for (OutboxEntry uncertain : batch.subList(written, started)) {
			this.outbox.end(uncertain, Reason.UNDELIVERABLE, "the connection ended while it was being written");
		}
		List<OutboxEntry> unsent = batch.subList(started, batch.size());
		unsent.forEach(OutboxEntry::takenBack);
		this.outbox.takeBack(unsent);
	}

}
