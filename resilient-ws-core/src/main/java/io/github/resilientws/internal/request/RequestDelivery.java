package io.github.resilientws.internal.request;

import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.outbox.DeliveryMode;
import io.github.resilientws.internal.outbox.DeliveryMonitor;
import io.github.resilientws.internal.outbox.PeerLiveness;

/**
 * Delivers requests at most once, and other messages in the mode of the client. Confined
 * to the client's executor.
 *
 * @param messages mode of other messages
 * @param requests mode of requests
 */
public record RequestDelivery(DeliveryMode messages, DeliveryMode requests) implements DeliveryMode {

	@Override
	public int window() {
		return this.messages.window();
	}

	@Override
	public DeliveryMonitor monitor(PeerLiveness liveness) {
		return this.messages.monitor(liveness);
	}

	@Override
	public void onWriteCompleted(List<OutboxEntry> batch, int written, int started, boolean current) {
		Part messages = new Part();
		Part requests = new Part();
		for (int i = 0; i < batch.size(); i++) {
			(batch.get(i).isDeferred() ? requests : messages).add(batch.get(i), i < written, i < started);
		}
		requests.completed(this.requests, current);
		messages.completed(this.messages, current);
	}

	@Override
	public void onRefused(OutboxEntry entry, MessageRefusedException refusal) {
		(entry.isDeferred() ? this.requests : this.messages).onRefused(entry, refusal);
	}

	@Override
	public void completeAcknowledged() {
		this.messages.completeAcknowledged();
	}

	@Override
	public void onConnectionReleased() {
		this.messages.onConnectionReleased();
	}

	@Override
	public void onConnectionLost() {
		this.messages.onConnectionLost();
	}

	private static final class Part {

		private final List<OutboxEntry> entries = new ArrayList<>();

		private int written;

		private int started;

		void add(OutboxEntry entry, boolean written, boolean started) {
			this.entries.add(entry);
			this.written += written ? 1 : 0;
			this.started += started ? 1 : 0;
		}

		void completed(DeliveryMode mode, boolean current) {
			if (!this.entries.isEmpty()) {
				mode.onWriteCompleted(this.entries, this.written, this.started, current);
			}
		}

	}

}
