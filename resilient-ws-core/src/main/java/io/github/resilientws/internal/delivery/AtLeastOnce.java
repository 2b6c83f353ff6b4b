package io.github.resilientws.internal.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.outbox.DeliveryMode;
import io.github.resilientws.internal.outbox.MessageOutcomes;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.OutboxEntry;
import io.github.resilientws.internal.outbox.OutboxEntry.Phase;
import io.github.resilientws.transport.SerialExecutor;

/**
 * A message is sent until it is acknowledged, refused, or given up.
 */
public final class AtLeastOnce implements DeliveryMode {

	private static final int MAX_LOSSES = 10;

	private static final Comparator<OutboxEntry> BY_SEQUENCE = Comparator.comparingLong(OutboxEntry::sequence);

	private final SerialExecutor executor;

	private final ConcurrentMap<String, OutboxEntry> byGivenId;

	private final Outbox outbox;

	private final MessageOutcomes endings;

	private final DeadLetterQueue deadLetters;

	private final int maxAttempts;

	private final Runnable onRoom;

	// acknowledged in this turn of the executor: their senders are told together
	private List<OutboxEntry> acknowledged = new ArrayList<>();

	private boolean telling;

	private @Nullable AcknowledgementTimer watch;

	// of the connection that was released last
	private @Nullable OutboxEntry oldest;

	private @Nullable OutboxEntry suspect;

	private int losses;

	/**
	 * Create a guarantee.
	 * @param executor the client's executor
	 * @param byGivenId messages in the outbox by ids that others may have, too
	 * @param outbox the log
	 * @param endings told what is decided
	 * @param deadLetters messages that were given up
	 * @param maxAttempts acknowledgement time-outs of a message until it is given up
	 * @param onRoom called when more messages may be sent
	 */
	public AtLeastOnce(SerialExecutor executor, ConcurrentMap<String, OutboxEntry> byGivenId, Outbox outbox,
			MessageOutcomes endings, DeadLetterQueue deadLetters, int maxAttempts, Runnable onRoom) {
		this.executor = executor;
		this.byGivenId = byGivenId;
		this.outbox = outbox;
		this.endings = endings;
		this.deadLetters = deadLetters;
		this.maxAttempts = maxAttempts;
		this.onRoom = onRoom;
	}

	/**
	 * Messages go to a connection.
	 * @param watch watches it
	 */
	public void began(AcknowledgementTimer watch) {
		this.watch = watch;
	}

	@Override
	public void settled(List<OutboxEntry> batch, int written, int started, boolean current) {
		AcknowledgementTimer watch = current ? this.watch : null;
		long now = (watch != null) ? watch.now() : 0;
		List<OutboxEntry> back = new ArrayList<>();
		for (int i = 0; i < batch.size(); i++) {
			OutboxEntry entry = batch.get(i);
			// an acknowledgement may overtake the result of the write
			if (entry.phase() == Phase.WRITING) {
				if (i < written && watch != null) {
					watch.written(entry, now);
				}
				else {
					back.add(entry);
				}
				if (i >= started) {
					entry.takenBack();
				}
			}
		}
		this.outbox.takeBack(back);
	}

	/**
	 * Return what a server that answers in order acknowledges next.
	 * @return the id, if it was made for the message
	 */
	public @Nullable String expectedId() {
		OutboxEntry first = this.outbox.firstInFlight();
		return (first != null) ? first.uniqueId() : null;
	}

	/**
	 * The server has the message.
	 * @param id its id
	 * @return whether there is such a message, or dead letter
	 */
	public boolean acknowledged(String id) {
		OutboxEntry entry = find(id);
		if (entry == null) {
			return this.deadLetters.remove(id);
		}
		if (isAnswerable(entry)) {
			this.suspect = null;
			this.outbox.remove(entry);
			this.acknowledged.add(entry);
			tellSoon();
		}
		return true;
	}

	/**
	 * The server does not want the message.
	 * @param id its id
	 * @param reason why, for a reader
	 * @return whether there is such a message
	 */
	public boolean refused(String id, String reason) {
		OutboxEntry entry = find(id);
		if (entry != null && isAnswerable(entry)) {
			this.suspect = null;
			this.outbox.end(entry, Reason.NEGATIVE, reason);
			tellSoon();
		}
		return entry != null;
	}

	private @Nullable OutboxEntry find(String id) {
		OutboxEntry first = this.outbox.firstInFlight();
		// most servers answer in order
		if (first != null && id.equals(first.knownId())) {
			return first;
		}
		OutboxEntry given = this.byGivenId.get(id);
		return (given != null && isAnswerable(given)) ? given : this.outbox.find(id);
	}

	// an answer to what was never sent is none
	private static boolean isAnswerable(OutboxEntry entry) {
		return entry.phase() != Phase.DONE && entry.maybeSent() && entry.sequence() != OutboxEntry.NOT_IN_LOG;
	}

	private void tellSoon() {
		if (this.telling) {
			return;
		}
		this.telling = true;
		try {
			this.executor.execute(this::tellAndGoOn);
		}
		catch (RejectedExecutionException ex) {
			tellAndGoOn();
		}
	}

	private void tellAndGoOn() {
		this.telling = false;
		tell();
		this.onRoom.run();
	}

	@Override
	public void tell() {
		if (!this.acknowledged.isEmpty()) {
			List<OutboxEntry> done = this.acknowledged;
			this.acknowledged = new ArrayList<>();
			this.endings.delivered(done);
		}
	}

	/**
	 * Acknowledgements did not come in time though the server lives.
	 * @param overdue the messages, in flight
	 */
	public void timedOut(List<OutboxEntry> overdue) {
		List<OutboxEntry> again = new ArrayList<>();
		for (OutboxEntry entry : overdue) {
			if (entry.timedOut() < this.maxAttempts) {
				again.add(entry);
			}
			else {
				giveUp(entry, DeadLetter.Cause.NOT_ACKNOWLEDGED);
			}
		}
		again.sort(BY_SEQUENCE);
		this.outbox.takeBack(again);
		this.onRoom.run();
	}

	@Override
	public void released() {
		if (this.watch != null) {
			this.watch.stop();
			this.watch = null;
		}
		this.oldest = this.outbox.inFlight((entry) -> true).stream().min(BY_SEQUENCE).orElse(null);
		List<OutboxEntry> back = this.outbox.inFlight((entry) -> entry.phase() == Phase.SENT);
		back.sort(BY_SEQUENCE);
		this.outbox.takeBack(back);
	}

	@Override
	public void lost() {
		OutboxEntry oldest = this.oldest;
		this.oldest = null;
		if (oldest == null) {
			return;
		}
		this.losses = (oldest == this.suspect) ? this.losses + 1 : 1;
		this.suspect = oldest;
		if (this.losses >= MAX_LOSSES && oldest.phase() != Phase.DONE) {
			this.suspect = null;
			giveUp(oldest, DeadLetter.Cause.POISON);
		}
	}

	private void giveUp(OutboxEntry entry, DeadLetter.Cause cause) {
		this.outbox.remove(entry);
		this.endings.givenUp(entry, cause);
	}

}
