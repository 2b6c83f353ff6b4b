package io.github.resilientws.internal.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.MessageOutcomes;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.admission.OutboxEntry.Phase;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.outbox.DeliveryMode;
import io.github.resilientws.internal.outbox.DeliveryMonitor;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.PeerLiveness;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.transport.SerialExecutor;

/**
 * A message is sent until it is acknowledged, refused, or given up.
 */
public final class AtLeastOnce implements DeliveryMode, AcknowledgementHandler {

	private static final Comparator<OutboxEntry> BY_SEQUENCE = Comparator.comparingLong(OutboxEntry::sequence);

	private final SerialExecutor executor;

	private final DeliverySettings settings;

	private final Outbox outbox;

	private final MessageOutcomes outcomes;

	private final GivenUpMessages deadLetters;

	private final Runnable onRoom;

	private final PoisonDetector poison = new PoisonDetector();

	// acknowledged in this task of the executor: their futures are completed together
	private List<OutboxEntry> acknowledged = new ArrayList<>();

	private boolean completionPending;

	private @Nullable AcknowledgementTimer timer;

	/**
	 * Create the mode.
	 * @param executor the client's executor
	 * @param settings window, attempts and time-out
	 * @param outbox the unfinished messages
	 * @param outcomes finishes messages
	 * @param deadLetters messages that were given up
	 * @param onRoom called when more messages may be sent
	 */
	public AtLeastOnce(SerialExecutor executor, DeliverySettings settings, Outbox outbox, MessageOutcomes outcomes,
			GivenUpMessages deadLetters, Runnable onRoom) {
		this.executor = executor;
		this.settings = settings;
		this.outbox = outbox;
		this.outcomes = outcomes;
		this.deadLetters = deadLetters;
		this.onRoom = onRoom;
	}

	@Override
	public int window() {
		return this.settings.window() - this.outcomes.unremoved();
	}

	@Override
	public DeliveryMonitor monitor(PeerLiveness liveness) {
		return new AcknowledgementTimer(this.executor, liveness, this.outbox, this,
				this.settings.ackTimeout().toNanos());
	}

	/**
	 * Messages go to a connection from now on.
	 * @param timer its timer
	 */
	void onConnectionInUse(AcknowledgementTimer timer) {
		this.timer = timer;
	}

	@Override
	public void onWriteCompleted(List<OutboxEntry> batch, int written, int started, boolean current) {
		AcknowledgementTimer timer = current ? this.timer : null;
		long now = (timer != null) ? timer.now() : 0;
		List<OutboxEntry> back = new ArrayList<>();
		for (int i = 0; i < batch.size(); i++) {
			OutboxEntry entry = batch.get(i);
			// an acknowledgement may overtake the result of the write
			if (entry.phase() == Phase.WRITING) {
				if (i < written && timer != null) {
					timer.written(entry, now);
				}
				else {
					back.add(entry);
				}
				if (i >= started) {
					entry.handOverFailed();
				}
			}
		}
		this.outbox.takeBack(back);
	}

	@Override
	public void onRefused(OutboxEntry entry, MessageRefusedException refusal) {
		if (entry.maybeSent()) {
			giveUp(entry, DeadLetter.Cause.NOT_ENCODED, refusal.detail());
		}
		else {
			this.outbox.refuse(entry, refusal);
		}
	}

	@Override
	public @Nullable UUID expectedId() {
		OutboxEntry first = this.outbox.firstInFlight();
		return (first != null) ? first.uniqueId() : null;
	}

	@Override
	public void onExpectedAcknowledged() {
		OutboxEntry first = this.outbox.firstInFlight();
		if (first != null) {
			acknowledged(first);
		}
	}

	@Override
	public boolean onAcknowledged(String id) {
		OutboxEntry entry = find(id);
		if (entry == null) {
			return this.deadLetters.remove(id);
		}
		if (isUnanswered(entry)) {
			acknowledged(entry);
		}
		return true;
	}

	private void acknowledged(OutboxEntry entry) {
		this.poison.onAnswer();
		this.outbox.remove(entry);
		this.acknowledged.add(entry);
		completeSoon();
	}

	@Override
	public boolean onRefused(String id, String reason) {
		OutboxEntry entry = find(id);
		if (entry != null && isUnanswered(entry)) {
			this.poison.onAnswer();
			this.outbox.end(entry, Reason.NEGATIVE, reason);
			completeSoon();
		}
		return entry != null;
	}

	// a request is delivered when it is written
	private @Nullable OutboxEntry find(String id) {
		OutboxEntry entry = this.outbox.findTransmitted(id);
		return (entry != null && !entry.isDeferred()) ? entry : null;
	}

	// an answer to a message that was never sent is ignored
	private static boolean isUnanswered(OutboxEntry entry) {
		return entry.phase() != Phase.DONE && entry.maybeSent();
	}

	private void completeSoon() {
		if (this.completionPending) {
			return;
		}
		this.completionPending = true;
		try {
			this.executor.execute(this::completeAndGoOn);
		}
		catch (RejectedExecutionException ex) {
			completeAndGoOn();
		}
	}

	private void completeAndGoOn() {
		this.completionPending = false;
		completeAcknowledged();
		this.onRoom.run();
	}

	@Override
	public void completeAcknowledged() {
		if (!this.acknowledged.isEmpty()) {
			List<OutboxEntry> done = this.acknowledged;
			this.acknowledged = new ArrayList<>();
			this.outcomes.delivered(done);
		}
	}

	/**
	 * Acknowledgements did not arrive in time although the server is alive.
	 * @param overdue the messages, in flight
	 */
	void onTimeout(List<OutboxEntry> overdue) {
		List<OutboxEntry> again = new ArrayList<>();
		for (OutboxEntry entry : overdue) {
			if (entry.timedOut() < this.settings.maxAttempts()) {
				again.add(entry);
			}
			else {
				giveUp(entry, DeadLetter.Cause.NOT_ACKNOWLEDGED, "it was not acknowledged in time");
			}
		}
		again.sort(BY_SEQUENCE);
		this.outbox.takeBack(again);
		this.onRoom.run();
	}

	@Override
	public void onConnectionReleased() {
		if (this.timer != null) {
			this.timer.stop();
			this.timer = null;
		}
		this.poison.onConnectionReleased(
				this.outbox.inFlight((entry) -> !entry.isDeferred()).stream().min(BY_SEQUENCE).orElse(null));
		List<OutboxEntry> back = this.outbox.inFlight((entry) -> entry.phase() == Phase.SENT);
		back.sort(BY_SEQUENCE);
		this.outbox.takeBack(back);
	}

	@Override
	public void onConnectionLost() {
		OutboxEntry poisonous = this.poison.onConnectionLost();
		if (poisonous != null) {
			giveUp(poisonous, DeadLetter.Cause.POISON,
					"ten connections in a row were lost while it was the oldest in flight");
		}
	}

	private void giveUp(OutboxEntry entry, DeadLetter.Cause cause, String detail) {
		this.outbox.remove(entry);
		this.outcomes.undeliverable(entry, cause, detail + "; it is a dead letter",
				() -> this.deadLetters.add(entry, cause));
	}

}
