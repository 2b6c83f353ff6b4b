package io.github.resilientws.internal.outbox;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.DroppableMessages;
import io.github.resilientws.internal.admission.IngressQueue;
import io.github.resilientws.internal.admission.MessageIdIndex;
import io.github.resilientws.internal.admission.MessageOutcomes;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.admission.OutboxEntry.Phase;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The one ordered log of accepted messages: waiting, or in flight. Confined to the
 * client's executor; senders reach it through the ingress queue.
 */
public final class Outbox {

	// then other clients of this executor run
	private static final int MAX_PASS = 4096;

	private static final String NOT_READY = "the client is not ready";

	static final String EXPIRED = "its time to live has expired";

	private final SerialExecutor executor;

	private final IngressQueue ingress;

	private final DroppableMessages droppable;

	private final MessageOutcomes outcomes;

	private final Statistics statistics;

	private final MessageLog log = new MessageLog();

	private final TransmittedMessages transmitted;

	// created by the first message that expires
	private @Nullable ExpirySweep expirySweep;

	private long nextSequence;

	// messages of writes that are not complete, on any connection
	private int pendingWrites;

	/**
	 * Create an empty outbox.
	 * @param executor the client's executor
	 * @param ingress accepted messages
	 * @param droppable messages that senders may drop
	 * @param ids messages by the ids that another message may bring
	 * @param outcomes finishes messages
	 * @param statistics receives counts
	 */
	public Outbox(SerialExecutor executor, IngressQueue ingress, DroppableMessages droppable, MessageIdIndex ids,
			MessageOutcomes outcomes, Statistics statistics) {
		this.executor = executor;
		this.ingress = ingress;
		this.droppable = droppable;
		this.outcomes = outcomes;
		this.statistics = statistics;
		this.transmitted = new TransmittedMessages(ids, this::messages);
	}

	/**
	 * Move accepted messages into the log.
	 * @param keepVolatile whether volatile messages stay; otherwise they are dropped
	 * @return whether more messages follow: the limit of this pass was reached, or a
	 * sender is about to finish its offer
	 */
	public boolean takeIngress(boolean keepVolatile) {
		take(keepVolatile);
		return !this.ingress.isEmpty();
	}

	private int take(boolean keepVolatile) {
		int taken = 0;
		OutboxEntry entry = this.ingress.take(MAX_PASS);
		while (entry != null) {
			OutboxEntry next = entry.next();
			entry.linkNext(null);
			enter(entry, keepVolatile);
			entry = next;
			taken++;
		}
		removeDropped();
		reportOldest();
		return taken;
	}

	private void enter(OutboxEntry entry, boolean keepVolatile) {
		if (entry.isDropped()) {
			entry.moveTo(Phase.DONE);
		}
		else if (!keepVolatile && entry.isVolatile()) {
			end(entry, Reason.DROPPED, NOT_READY);
		}
		else {
			entry.enterLog(this.nextSequence++);
			this.log.add(entry);
			watchExpiry(entry);
		}
	}

	private void removeDropped() {
		OutboxEntry entry = this.droppable.takeDropped();
		while (entry != null) {
			if (entry.phase() == Phase.WAITING && entry.sequence() != OutboxEntry.NOT_IN_LOG) {
				remove(entry);
			}
			entry = this.droppable.nextDropped(entry);
		}
	}

	public boolean hasWaiting() {
		return this.log.firstWaiting() != null;
	}

	int waitingCount() {
		return this.log.waiting();
	}

	int firstWaitingSize() {
		OutboxEntry first = this.log.firstWaiting();
		return (first != null) ? first.payload().length : 0;
	}

	public int inFlightCount() {
		return this.log.inFlight();
	}

	/**
	 * Take the next message that may be sent.
	 * @param now present time
	 * @param accepted returns whether the connection takes a message now
	 * @return the message, in flight from now on, or {@code null}
	 */
	public @Nullable OutboxEntry next(long now, Predicate<OutboxEntry> accepted) {
		OutboxEntry entry = this.log.firstWaiting();
		while (entry != null) {
			if (entry.isExpired(now)) {
				end(entry, Reason.EXPIRED, EXPIRED);
			}
			else if (!entry.isDropped() && !accepted.test(entry)) {
				return null;
			}
			else if (!this.droppable.claim(entry)) {
				remove(entry);
			}
			else {
				this.log.handOver();
				entry.handedOver();
				this.transmitted.add(entry);
				this.pendingWrites++;
				return entry;
			}
			entry = this.log.firstWaiting();
		}
		return null;
	}

	public boolean isEmpty() {
		return this.log.first() == null;
	}

	public int size() {
		return this.log.waiting() + this.log.inFlight();
	}

	/**
	 * Return how many messages were finished while the store still has them.
	 * @return number of messages
	 */
	public int unremoved() {
		return this.outcomes.unremoved();
	}

	/**
	 * Return how many messages were handed to a transport that has not completed the
	 * write.
	 * @return number of messages
	 */
	public int pendingWrites() {
		return this.pendingWrites;
	}

	void handedOver(int messages, int resent) {
		this.statistics.sent(messages);
		this.statistics.resent(resent);
	}

	void writeCompleted(int messages) {
		this.pendingWrites -= messages;
	}

	/**
	 * Find an unfinished message that was handed to a transport.
	 * @param id its id
	 * @return the message, or {@code null}
	 */
	public @Nullable OutboxEntry findTransmitted(String id) {
		OutboxEntry first = this.log.firstInFlight();
		// most servers answer in order
		return (first != null && id.equals(first.knownId())) ? first : this.transmitted.find(id);
	}

	public @Nullable OutboxEntry firstInFlight() {
		return this.log.firstInFlight();
	}

	public List<OutboxEntry> inFlight(Predicate<OutboxEntry> condition) {
		return this.log.selectInFlight(condition);
	}

	/**
	 * Take a message out of the log.
	 * @param entry the message
	 * @return {@code false} if a sender has dropped it, and it is finished
	 */
	public boolean remove(OutboxEntry entry) {
		Assert.state(entry.phase() != Phase.DONE, "a message was finished twice");
		boolean claimed = entry.phase() != Phase.WAITING || this.droppable.claim(entry);
		if (entry.sequence() != OutboxEntry.NOT_IN_LOG) {
			this.log.remove(entry);
		}
		entry.moveTo(Phase.DONE);
		this.transmitted.remove(entry);
		return claimed;
	}

	/**
	 * Take messages out of the log that were handed over in one write.
	 * @param entries the messages, in the order of the write
	 */
	void removeWritten(List<OutboxEntry> entries) {
		this.log.removeInFlight(entries);
		for (OutboxEntry entry : entries) {
			entry.moveTo(Phase.DONE);
			this.transmitted.remove(entry);
		}
	}

	/**
	 * Messages that were handed over wait again at their former position.
	 * @param entries the messages, by ascending sequence
	 */
	public void takeBack(List<OutboxEntry> entries) {
		this.log.takeBack(entries);
		for (OutboxEntry entry : entries) {
			watchExpiry(entry);
			OutboxEntry older = entry.maybeSent() ? null : this.droppable.restore(entry);
			if (older != null) {
				end(older, Reason.DROPPED, DroppableMessages.REPLACED);
			}
		}
	}

	/**
	 * Drop the oldest messages that were never handed to a transport, by any instance.
	 * @param most how many at most
	 */
	public void dropOldest(int most) {
		this.log.selectWaiting((entry) -> entry.isStored() && !entry.maybeSent())
			.stream()
			.limit(most)
			.forEach((entry) -> end(entry, Reason.DROPPED, DroppableMessages.OLDEST));
		reportOldest();
	}

	/**
	 * Drop a message for a newer one with the same key, if it was never handed to a
	 * transport by any instance.
	 * @param entry the message
	 */
	public void replace(OutboxEntry entry) {
		if (entry.phase() == Phase.WAITING && !entry.maybeSent() && entry.sequence() != OutboxEntry.NOT_IN_LOG) {
			end(entry, Reason.DROPPED, DroppableMessages.REPLACED);
		}
	}

	/**
	 * Leave all messages that wait to the next owner of the line.
	 * @param detail explanation for a reader
	 */
	void leaveWaiting(String detail) {
		endWaiting(OutboxEntry::isShared, Reason.CLOSED, detail);
	}

	public void dropVolatile() {
		endWaiting(OutboxEntry::isVolatile, Reason.DROPPED, NOT_READY);
	}

	/**
	 * End all messages except those of writes that are not complete.
	 * @param reason the reason
	 * @param detail explanation for a reader
	 */
	public void endAll(Reason reason, String detail) {
		int taken = take(true);
		while (taken == MAX_PASS) {
			taken = take(true);
		}
		inFlight((entry) -> entry.phase() == Phase.SENT).forEach((entry) -> end(entry, reason, detail));
		endWaiting((entry) -> true, reason, detail);
		wakeSenders();
	}

	/** No more messages are accepted: senders that wait for room give up. */
	public void wakeSenders() {
		this.outcomes.wakeSenders();
	}

	/**
	 * Take a message out of the log and fail it.
	 * @param entry the message
	 * @param reason the reason
	 * @param detail explanation for a reader
	 */
	public void end(OutboxEntry entry, Reason reason, String detail) {
		if (remove(entry)) {
			this.outcomes.failed(entry, reason, detail);
		}
	}

	/**
	 * Take a message that cannot be encoded out of the log and fail it.
	 * @param entry the message
	 * @param refusal why
	 */
	public void refuse(OutboxEntry entry, MessageRefusedException refusal) {
		if (remove(entry)) {
			this.outcomes.refused(entry, refusal);
		}
	}

	/** Report the age of the oldest message and the number in flight. */
	public void reportOldest() {
		OutboxEntry oldest = this.log.first();
		this.statistics.oldest(oldest != null, (oldest != null) ? oldest.acceptedNanos() : 0);
		this.statistics.inFlight(this.log.inFlight());
		if (this.expirySweep != null && this.log.firstWaiting() == null) {
			this.expirySweep.cancel();
		}
	}

	private void watchExpiry(OutboxEntry entry) {
		if (!entry.expires()) {
			return;
		}
		if (this.expirySweep == null) {
			this.expirySweep = new ExpirySweep(this.executor, this::endExpired);
		}
		this.expirySweep.watch(entry);
	}

	private void endExpired() {
		long now = this.executor.nanoTime();
		endWaiting((entry) -> entry.isExpired(now), Reason.EXPIRED, EXPIRED);
		this.log.selectWaiting(OutboxEntry::expires)
			.stream()
			.min(Comparator.comparingLong((entry) -> entry.remainingNanos(now)))
			.ifPresent(this::watchExpiry);
	}

	private void endWaiting(Predicate<OutboxEntry> condition, Reason reason, String detail) {
		this.log.selectWaiting(condition).forEach((entry) -> end(entry, reason, detail));
		reportOldest();
	}

	private Stream<OutboxEntry> messages() {
		return Stream.concat(this.log.selectInFlight((entry) -> true).stream(),
				this.log.selectWaiting((entry) -> true).stream());
	}

}
