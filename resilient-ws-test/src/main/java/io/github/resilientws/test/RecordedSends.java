package io.github.resilientws.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * The messages sent by a {@link RecordingWebSocketClient}, and their scripted results.
 * Guarded by its own monitor; futures complete outside of it.
 */
final class RecordedSends implements ClientStatistics {

	private static final Consumer<Send> COMPLETE = (send) -> send.future
		.complete(new Delivery(send.id, 1, Duration.ZERO));

	private final List<OutboundMessage> messages = new ArrayList<>();

	private final List<Send> held = new ArrayList<>();

	/** Completes a send; {@code null} holds all sends. */
	private @Nullable Consumer<Send> outcome = COMPLETE;

	private long count;

	private long received;

	CompletableFuture<Delivery> add(OutboundMessage message, @Nullable Reason refusal) {
		Send send;
		Consumer<Send> outcome;
		synchronized (this) {
			this.messages.add(message);
			this.count++;
			String id = (message.getId() != null) ? message.getId() : Long.toString(this.count);
			send = new Send(id, new CompletableFuture<>());
			outcome = (refusal != null) ? failure(refusal) : this.outcome;
			if (outcome == null) {
				this.held.add(send);
				return send.future;
			}
		}
		outcome.accept(send);
		return send.future;
	}

	void complete() {
		completeHeld(COMPLETE);
	}

	void fail(Reason reason) {
		completeHeld(failure(reason));
	}

	synchronized void hold() {
		this.outcome = null;
	}

	void failHeld(Reason reason) {
		takeHeld().forEach(failure(reason));
	}

	private void completeHeld(Consumer<Send> outcome) {
		synchronized (this) {
			this.outcome = outcome;
		}
		takeHeld().forEach(outcome);
	}

	private synchronized List<Send> takeHeld() {
		List<Send> all = List.copyOf(this.held);
		this.held.clear();
		return all;
	}

	private static Consumer<Send> failure(Reason reason) {
		int attempts = (reason == Reason.NEGATIVE || reason == Reason.UNDELIVERABLE) ? 1 : 0;
		return (send) -> send.future
			.completeExceptionally(new WebSocketDeliveryException(send.id, attempts, reason, "scripted by the test"));
	}

	synchronized List<OutboundMessage> messages() {
		return List.copyOf(this.messages);
	}

	synchronized void clear() {
		this.messages.clear();
	}

	synchronized void received() {
		this.received++;
	}

	@Override
	public synchronized long getMessagesSent() {
		return this.count - this.held.size();
	}

	@Override
	public synchronized long getMessagesReceived() {
		return this.received;
	}

	@Override
	public long getMessagesDropped(Reason reason) {
		return 0;
	}

	@Override
	public synchronized int getQueueSize() {
		return this.held.size();
	}

	@Override
	public long getQueueBytes() {
		return 0;
	}

	@Override
	public Duration getQueueAge() {
		return Duration.ZERO;
	}

	@Override
	public int getInFlight() {
		return 0;
	}

	@Override
	public int getInboundQueueSize() {
		return 0;
	}

	@Override
	public Duration getLastReceivedAge() {
		return Duration.ZERO;
	}

	@Override
	public long getHeartbeatsMissed() {
		return 0;
	}

	private record Send(String id, CompletableFuture<Delivery> future) {

	}

}
