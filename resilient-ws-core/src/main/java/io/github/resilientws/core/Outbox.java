package io.github.resilientws.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jctools.queues.MessagePassingQueue;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.QueueSettings.Overflow;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The one ordered log of accepted messages: waiting, or in flight. Confined to the
 * client's executor; senders reach it through the ingress queue.
 */
final class Outbox {

	// a sweep looks at the whole log, so it does not follow every single deadline
	private static final long MIN_SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	// afterwards other clients of this executor have their turn
	private static final int MAX_PASS = 4096;

	private static final String NOT_READY = "the client is not ready";

	private final SerialExecutor executor;

	private final MessagePassingQueue<OutboxEntry> ingress;

	private final Quota quota;

	private final Overflow overflow;

	private final Set<String> givenIds;

	private final Completions completions;

	private final Statistics statistics;

	private final Deque<OutboxEntry> waiting = new ArrayDeque<>();

	private long nextSequence;

	private final Deque<OutboxEntry> inFlight = new ArrayDeque<>();

	private SerialExecutor.@Nullable Timer sweep;

	private long sweepDue;

	Outbox(SerialExecutor executor, MessagePassingQueue<OutboxEntry> ingress, Quota quota, Overflow overflow,
			Set<String> givenIds, Completions completions, Statistics statistics) {
		this.executor = executor;
		this.ingress = ingress;
		this.quota = quota;
		this.overflow = overflow;
		this.givenIds = givenIds;
		this.completions = completions;
		this.statistics = statistics;
	}

	/**
	 * Move what senders left into the log.
	 * @param keepVolatile whether volatile messages stay; otherwise they are dropped
	 * @return whether there is more: this pass was long, or a sender is not quite done
	 */
	boolean takeIngress(boolean keepVolatile) {
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
			fail(entry, Reason.DROPPED, NOT_READY);
			return;
		}
		entry.enterLog(this.nextSequence++);
		this.waiting.addLast(entry);
		if (this.overflow == Overflow.DROP_OLDEST) {
			makeRoomFor(entry);
		}
		watchDeadline(entry);
	}

	/**
	 * Take the next message that may be sent.
	 * @param now present time
	 * @return the message, in flight from now on, or {@code null}
	 */
	@Nullable OutboxEntry next(long now) {
		OutboxEntry entry = this.waiting.pollFirst();
		while (entry != null && entry.isExpired(now)) {
			fail(entry, Reason.EXPIRED, "its time to live is over");
			entry = this.waiting.pollFirst();
		}
		if (entry != null) {
			entry.handedOver();
			this.inFlight.addLast(entry);
		}
		return entry;
	}

	boolean hasWaiting() {
		return !this.waiting.isEmpty();
	}

	boolean isEmpty() {
		return this.waiting.isEmpty() && this.inFlight.isEmpty();
	}

	int inFlight() {
		return this.inFlight.size();
	}

	/**
	 * The oldest messages in flight were handed to the operating system.
	 * @param entries the messages, in order
	 */
	void delivered(List<OutboxEntry> entries) {
		if (entries.isEmpty()) {
			return;
		}
		long bytes = 0;
		for (OutboxEntry entry : entries) {
			this.inFlight.removeFirst();
			forgetId(entry);
			bytes += entry.payload().length;
		}
		this.quota.decided(entries.size(), bytes);
		this.completions.delivered(entries, this.quota);
	}

	/**
	 * The oldest message in flight may or may not have arrived.
	 * @param entry the message
	 */
	void uncertain(OutboxEntry entry) {
		this.inFlight.removeFirst();
		fail(entry, Reason.UNDELIVERABLE, "the connection ended while it was being written");
	}

	/**
	 * The oldest messages in flight were certainly not sent: they wait again, where they
	 * were.
	 * @param entries the messages, in order
	 */
	void takeBack(List<OutboxEntry> entries) {
		if (entries.isEmpty()) {
			return;
		}
		entries.forEach((entry) -> this.inFlight.removeFirst());
		Deque<OutboxEntry> earlier = new ArrayDeque<>();
		while (!this.waiting.isEmpty() && this.waiting.getFirst().sequence() < entries.get(0).sequence()) {
			earlier.addLast(this.waiting.removeFirst());
		}
		for (int i = entries.size() - 1; i >= 0; i--) {
			entries.get(i).takenBack();
			this.waiting.addFirst(entries.get(i));
			watchDeadline(entries.get(i));
		}
		while (!earlier.isEmpty()) {
			this.waiting.addFirst(earlier.removeLast());
		}
	}

	void dropVolatile() {
		takeOut(OutboxEntry::isVolatile).forEach((entry) -> fail(entry, Reason.DROPPED, NOT_READY));
	}

	void failWaiting(Reason reason, String detail) {
		while (takeIngress(true)) {
			Thread.onSpinWait();
		}
		takeOut((entry) -> true).forEach((entry) -> fail(entry, reason, detail));
		this.quota.wakeSenders();
	}

	void reportOldest() {
		OutboxEntry oldest = this.inFlight.isEmpty() ? this.waiting.peekFirst() : this.inFlight.peekFirst();
		this.statistics.oldest(oldest != null, (oldest != null) ? oldest.acceptedNanos() : 0);
		this.statistics.inFlight(this.inFlight.size());
		if (this.waiting.isEmpty() && this.sweep != null) {
			this.sweep.cancel();
			this.sweep = null;
		}
	}

	private void makeRoomFor(OutboxEntry newest) {
		while (this.quota.isExceeded() && !this.waiting.isEmpty()) {
			OutboxEntry victim = this.waiting.removeFirst();
			if (victim == newest && this.ingress.isEmpty()) {
				fail(victim, Reason.REJECTED, "the outbox is full of messages that were handed over");
			}
			else {
				fail(victim, Reason.DROPPED, "a newer message took its place");
			}
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
		takeOut((entry) -> entry.isExpired(now))
			.forEach((entry) -> fail(entry, Reason.EXPIRED, "its time to live is over"));
		this.waiting.stream()
			.filter(OutboxEntry::expires)
			.mapToLong((entry) -> entry.remainingNanos(now))
			.min()
			.ifPresent((remaining) -> sweepAt(now, now + remaining));
	}

	private List<OutboxEntry> takeOut(Predicate<OutboxEntry> condition) {
		List<OutboxEntry> result = new ArrayList<>();
		for (Iterator<OutboxEntry> entries = this.waiting.iterator(); entries.hasNext();) {
			OutboxEntry entry = entries.next();
			if (condition.test(entry)) {
				entries.remove();
				result.add(entry);
			}
		}
		reportOldest();
		return result;
	}

	private void fail(OutboxEntry entry, Reason reason, String detail) {
		forgetId(entry);
		this.quota.decided(1, entry.payload().length);
		this.statistics.dropped(reason);
		this.completions.failed(entry, reason, detail, this.quota);
	}

	private void forgetId(OutboxEntry entry) {
		if (entry.givenId() != null) {
			this.givenIds.remove(entry.givenId());
		}
	}

}
