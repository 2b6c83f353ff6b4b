package io.github.resilientws.internal.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jctools.queues.MessagePassingQueue;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.outbox.OutboxEntry.Phase;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The one ordered log of accepted messages: waiting, or in flight. Confined to the
 * client's executor; senders reach it through the ingress queue.
 */
public final class Outbox {

	// a sweep looks at the whole log, so it does not follow every single deadline
	private static final long MIN_SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	// afterwards other clients of this executor have their turn
	private static final int MAX_PASS = 4096;

	private static final String NOT_READY = "the client is not ready";

	private static final String REPLACED = "a newer message with its key took its place";

	private static final String EXPIRED = "its time to live is over";

	private final SerialExecutor executor;

	private final MessagePassingQueue<OutboxEntry> ingress;

	private final Overflow overflow;

	private final int window;

	private final OutboxCapacity quota;

	private final MessageOutcomes endings;

	private final Statistics statistics;

	private final EntryList waiting = new EntryList();

	private final EntryList inFlight = new EntryList();

	// waiting messages that a newer one with the same key replaces
	private final Map<String, OutboxEntry> byKey = new HashMap<>();

	// the same, and what senders left; shared with them, so that a full outbox takes one
	// that replaces another
	private final ConcurrentMap<String, OutboxEntry> replaceable;

	// what a server may know, by ids that were made for it; filled when first asked, for
	// most servers answer in order
	private @Nullable Map<String, OutboxEntry> byUniqueId;

	private long nextSequence;

	// handed to a transport, which has not told the fate of the write
	private int unsettled;

	private SerialExecutor.@Nullable Timer sweep;

	private long sweepDue;

	public Outbox(SerialExecutor executor, MessagePassingQueue<OutboxEntry> ingress,
			ConcurrentMap<String, OutboxEntry> replaceable, Overflow overflow, int window, OutboxCapacity quota,
			MessageOutcomes endings, Statistics statistics) {
		this.executor = executor;
		this.ingress = ingress;
		this.replaceable = replaceable;
		this.overflow = overflow;
		this.window = window;
		this.quota = quota;
		this.endings = endings;
		this.statistics = statistics;
	}

	/**
	 * Move what senders left into the log.
	 * @param keepVolatile whether volatile messages stay; otherwise they are dropped
	 * @return whether there is more: this pass was long, or a sender is not quite done
	 */
	public boolean takeIngress(boolean keepVolatile) {
		// nobody competes for it, unless the transport was closed: see Abandonment
		synchronized (this.ingress) {
			OutboxEntry entry = this.ingress.relaxedPoll();
			for (int i = 1; entry != null; i++, entry = (i < MAX_PASS) ? this.ingress.relaxedPoll() : null) {
				enter(entry, keepVolatile);
			}
		}
		reportOldest();
		return !this.ingress.isEmpty();
	}

	private void enter(OutboxEntry entry, boolean keepVolatile) {
		if (!keepVolatile && entry.isVolatile()) {
			end(entry, Reason.DROPPED, NOT_READY);
			return;
		}
		append(entry);
		if (entry.key() != null) {
			boolean replaced = coalesce(entry, entry.key());
			if (!replaced && entry.isReplacing() && this.quota.isExceeded()) {
				end(entry, Reason.REJECTED, "the outbox is full, and the message it was to replace is on its way");
				return;
			}
			entry.replacing(false);
		}
		if (this.overflow == Overflow.DROP_OLDEST) {
			makeRoomFor(entry);
		}
	}

	/**
	 * Take messages of an earlier run, in their order.
	 * @param entries the messages
	 */
	public void recovered(List<OutboxEntry> entries) {
		entries.forEach(this::append);
		reportOldest();
	}

	private void append(OutboxEntry entry) {
		entry.enterLog(this.nextSequence++);
		this.waiting.addLast(entry);
		watchDeadline(entry);
	}

	/**
	 * Return whether there is a message that may be handed to a transport.
	 * @return whether one waits and the window is open
	 */
	public boolean canSend() {
		return !this.waiting.isEmpty() && this.inFlight.size() < this.window;
	}

	/**
	 * Take the next message that may be sent.
	 * @param now present time
	 * @return the message, in flight from now on, or {@code null}
	 */
	public @Nullable OutboxEntry next(long now) {
		OutboxEntry entry = this.waiting.first();
		while (entry != null && entry.isExpired(now)) {
			end(entry, Reason.EXPIRED, EXPIRED);
			entry = this.waiting.first();
		}
		if (entry != null) {
			unlink(entry);
			entry.handedOver();
			index(entry);
			this.unsettled++;
			this.inFlight.addLast(entry);
		}
		return entry;
	}

	public boolean isEmpty() {
		return this.waiting.isEmpty() && this.inFlight.isEmpty();
	}

	public int unsettled() {
		return this.unsettled;
	}

	public void settled(int messages) {
		this.unsettled -= messages;
	}

	/**
	 * Find a message that was handed to a transport by the id that was made for it.
	 * @param id the id
	 * @return the message, or {@code null}
	 */
	public @Nullable OutboxEntry find(String id) {
		Map<String, OutboxEntry> index = this.byUniqueId;
		if (index == null) {
			index = new HashMap<>();
			this.byUniqueId = index;
			this.inFlight.select(OutboxEntry::maybeSent).forEach(this::index);
			this.waiting.select(OutboxEntry::maybeSent).forEach(this::index);
		}
		return index.get(id);
	}

	private void index(OutboxEntry entry) {
		if (this.byUniqueId != null && entry.uniqueId() != null) {
			this.byUniqueId.put(entry.uniqueId(), entry);
		}
	}

	public @Nullable OutboxEntry firstInFlight() {
		return this.inFlight.first();
	}

	public List<OutboxEntry> inFlight(Predicate<OutboxEntry> condition) {
		return this.inFlight.select(condition);
	}

	/**
	 * Take a message out of the log: its fate is decided.
	 * @param entry the message
	 */
	public void remove(OutboxEntry entry) {
		unlink(entry);
		entry.moveTo(Phase.DONE);
		if (this.byUniqueId != null && entry.uniqueId() != null) {
			this.byUniqueId.remove(entry.uniqueId());
		}
	}

	/**
	 * Messages that were handed over wait again, where they were.
	 * @param entries the messages, by ascending sequence
	 */
	public void takeBack(List<OutboxEntry> entries) {
		for (OutboxEntry entry : entries) {
			this.inFlight.remove(entry);
			entry.moveTo(Phase.WAITING);
			watchDeadline(entry);
		}
		this.waiting.merge(entries);
		entries.forEach(this::coalesceAgain);
	}

	public void dropVolatile() {
		endWaiting(OutboxEntry::isVolatile, Reason.DROPPED, NOT_READY);
	}

	/**
	 * End what no write is under way for.
	 * @param reason why
	 * @param detail explanation for a reader
	 */
	public void endAll(Reason reason, String detail) {
		while (takeIngress(true)) {
			Thread.onSpinWait();
		}
		inFlight((entry) -> entry.phase() == Phase.SENT).forEach((entry) -> end(entry, reason, detail));
		endWaiting((entry) -> true, reason, detail);
		this.quota.wakeSenders();
	}

	/**
	 * Take a message out of the log and fail it.
	 * @param entry the message
	 * @param reason why
	 * @param detail explanation for a reader
	 */
	public void end(OutboxEntry entry, Reason reason, String detail) {
		remove(entry);
		this.endings.failed(entry, reason, detail);
	}

	public void reportOldest() {
		OutboxEntry oldest = this.inFlight.isEmpty() ? this.waiting.first() : this.inFlight.first();
		this.statistics.oldest(oldest != null, (oldest != null) ? oldest.acceptedNanos() : 0);
		this.statistics.inFlight(this.inFlight.size());
		if (this.waiting.isEmpty() && this.sweep != null) {
			this.sweep.cancel();
			this.sweep = null;
		}
	}

	private void unlink(OutboxEntry entry) {
		switch (entry.phase()) {
			case WAITING -> {
				if (entry.sequence() != OutboxEntry.NOT_IN_LOG) {
					this.waiting.remove(entry);
				}
				if (entry.key() != null) {
					this.byKey.remove(entry.key(), entry);
					this.replaceable.remove(entry.key(), entry);
				}
			}
			case WRITING, SENT -> this.inFlight.remove(entry);
			default -> throw new IllegalStateException("a message was decided twice");
		}
	}

	private boolean coalesce(OutboxEntry newest, String key) {
		OutboxEntry older = this.byKey.put(key, newest);
		if (older == null || older.maybeSent()) {
			return false;
		}
		end(older, Reason.DROPPED, REPLACED);
		return true;
	}

	// a message came back unsent: others with its key may have come, or come back, first
	private void coalesceAgain(OutboxEntry entry) {
		String key = entry.key();
		if (key == null || entry.maybeSent()) {
			return;
		}
		OutboxEntry other = this.byKey.get(key);
		boolean newest = other == null || other.sequence() < entry.sequence();
		OutboxEntry older = newest ? other : entry;
		if (newest) {
			this.byKey.put(key, entry);
		}
		if (older != null) {
			end(older, Reason.DROPPED, REPLACED);
		}
		if (newest) {
			this.replaceable.putIfAbsent(key, entry);
		}
	}

	private void makeRoomFor(OutboxEntry newest) {
		OutboxEntry victim = this.waiting.first();
		while (victim != null && this.quota.isExceeded()) {
			OutboxEntry next = victim.next;
			boolean last = victim == newest && this.ingress.isEmpty();
			if (!victim.maybeSent()) {
				end(victim, last ? Reason.REJECTED : Reason.DROPPED, last
						? "the outbox is full of messages that were handed over" : "a newer message took its place");
			}
			victim = next;
		}
	}

	private void watchDeadline(OutboxEntry entry) {
		if (entry.expires()) {
			long now = this.executor.nanoTime();
			sweepAt(now, now + entry.remainingNanos(now));
		}
	}

	private void sweepAt(long now, long due) {
		if (this.sweep != null) {
			if (this.sweepDue - due <= MIN_SWEEP_NANOS) {
				return;
			}
			this.sweep.cancel();
		}
		long delay = Math.max(due - now, MIN_SWEEP_NANOS);
		this.sweepDue = now + delay;
		this.sweep = this.executor.schedule(this::sweep, delay);
	}

	private void sweep() {
		this.sweep = null;
		long now = this.executor.nanoTime();
		endWaiting((entry) -> entry.isExpired(now), Reason.EXPIRED, EXPIRED);
		this.waiting.select(OutboxEntry::expires)
			.stream()
			.mapToLong((entry) -> entry.remainingNanos(now))
			.min()
			.ifPresent((remaining) -> sweepAt(now, now + remaining));
	}

	private void endWaiting(Predicate<OutboxEntry> condition, Reason reason, String detail) {
		List<OutboxEntry> ended = new ArrayList<>(this.waiting.select(condition));
		ended.forEach((entry) -> end(entry, reason, detail));
		reportOldest();
	}

}
