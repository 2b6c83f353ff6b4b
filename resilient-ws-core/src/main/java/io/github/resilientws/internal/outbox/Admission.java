package io.github.resilientws.internal.outbox;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jctools.queues.MessagePassingQueue;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageEncoder;
import io.github.resilientws.internal.encoding.MessageIdGenerator;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.persistence.OutboxPersistence;
import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Decides on the sender's thread whether a message enters the outbox.
 */
public final class Admission {

	private static final long FULL_INGRESS_PARK_NANOS = 20_000;

	private final QueueSettings settings;

	private final StateHolder state;

	private final SerialExecutor executor;

	private final BooleanSupplier onOwnLane;

	private final PayloadConverter converter;

	private final MessageEncoder framing;

	private final MessagePassingQueue<OutboxEntry> ingress;

	private final OutboxCapacity quota;

	private final ConcurrentMap<String, OutboxEntry> byGivenId;

	private final ConcurrentMap<String, OutboxEntry> replaceable;

	private final MessageIdGenerator ids;

	private final ObserverNotifier notifier;

	private final Statistics statistics;

	private final @Nullable OutboxPersistence safekeeping;

	public Admission(QueueSettings settings, StateHolder state, SerialExecutor executor, BooleanSupplier onOwnLane,
			PayloadConverter converter, MessageEncoder framing, MessagePassingQueue<OutboxEntry> ingress,
			OutboxCapacity quota, ConcurrentMap<String, OutboxEntry> byGivenId,
			ConcurrentMap<String, OutboxEntry> replaceable, MessageIdGenerator ids, ObserverNotifier notifier,
			Statistics statistics, @Nullable OutboxPersistence safekeeping) {
		this.settings = settings;
		this.state = state;
		this.executor = executor;
		this.onOwnLane = onOwnLane;
		this.converter = converter;
		this.framing = framing;
		this.ingress = ingress;
		this.quota = quota;
		this.byGivenId = byGivenId;
		this.replaceable = replaceable;
		this.ids = ids;
		this.notifier = notifier;
		this.statistics = statistics;
		this.safekeeping = safekeeping;
	}

	/**
	 * Put a message into the ingress queue, or refuse it.
	 * @param message the message
	 * @param wakeUp makes the executor look at the ingress queue
	 * @return its future
	 */
	public CompletableFuture<Delivery> admit(OutboundMessage message, Runnable wakeUp) {
		if (!this.state.state().acceptsMessages()) {
			return refuse(message.getId(), Reason.CLOSED, "the client is " + this.state.state());
		}
		boolean unwanted = message.isVolatile() && !isReady();
		CompletableFuture<Delivery> unreadable = unwanted ? null : load(message.getId());
		if (unreadable != null) {
			return unreadable;
		}
		EncodedMessage frame;
		try {
			frame = this.framing.frame(message, convert(message));
		}
		catch (MessageRefusedException ex) {
			return refuse(message.getId(), Reason.REJECTED, ex.reason(), ex.getCause());
		}
		if (unwanted) {
			return refuse(frame.id(), Reason.DROPPED, "the client is not ready");
		}
		OutboxEntry entry = OutboxEntry.accepted(frame, message.getKey(), message.isVolatile(),
				this.executor.nanoTime(), ttlNanos(message));
		CompletableFuture<Delivery> refused = enter(entry, wakeUp);
		return (refused != null) ? refused : entry.future();
	}

	/**
	 * Put a message that was a dead letter into the ingress queue, or refuse it.
	 * @param letter the message
	 * @param wakeUp makes the executor look at the ingress queue
	 * @param accepted run once it is there
	 * @return its future
	 */
	public CompletableFuture<Delivery> readmit(OutboxEntry letter, Runnable wakeUp, Runnable accepted) {
		if (!this.state.state().acceptsMessages()) {
			return refuse(letter.knownId(), Reason.CLOSED, "the client is " + this.state.state());
		}
		CompletableFuture<Delivery> unreadable = load(letter.knownId());
		if (unreadable != null) {
			return unreadable;
		}
		OutboxEntry entry = letter.again(this.executor.nanoTime());
		CompletableFuture<Delivery> refused = enter(entry, wakeUp);
		if (refused != null) {
			return refused;
		}
		accepted.run();
		return entry.future();
	}

	private Object convert(OutboundMessage message) throws MessageRefusedException {
		if (!message.isObject()) {
			return message.getPayload();
		}
		try {
			return this.converter.convert(message.getPayload());
		}
		catch (RuntimeException ex) {
			// the text of the cause may quote the payload, which the sender has anyway
			throw new MessageRefusedException("its payload cannot be converted: " + FailureDescription.describe(ex),
					ex);
		}
	}

	private @Nullable CompletableFuture<Delivery> enter(OutboxEntry entry, Runnable wakeUp) {
		int size = entry.payload().length;
		String id = entry.knownId();
		if (!this.quota.everFits(size)) {
			return refuse(id, Reason.REJECTED,
					"its " + size + " bytes exceed queue.max-bytes = " + this.settings.maxBytes());
		}
		String given = entry.givenId();
		if (given != null && this.byGivenId.putIfAbsent(given, entry) != null) {
			return refuse(id, Reason.REJECTED, "a message with this id is in the outbox");
		}
		CompletableFuture<Delivery> refused = takeRoom(entry);
		if (refused == null && this.safekeeping != null && !entry.isVolatile()) {
			refused = store(entry, this.safekeeping);
		}
		if (refused != null) {
			if (given != null) {
				this.byGivenId.remove(given, entry);
			}
			if (entry.key() != null) {
				this.replaceable.remove(entry.key(), entry);
			}
			return refused;
		}
		if (entry.key() != null) {
			this.replaceable.put(entry.key(), entry);
		}
		while (!this.ingress.offer(entry)) {
			wakeUp.run();
			LockSupport.parkNanos(FULL_INGRESS_PARK_NANOS);
		}
		wakeUp.run();
		return null;
	}

	// ids that an earlier run used must be known before one is taken
	private @Nullable CompletableFuture<Delivery> load(@Nullable String id) {
		try {
			if (this.safekeeping != null) {
				this.safekeeping.load();
			}
			return null;
		}
		catch (IOException ex) {
			return refuseUnstored(id, ex);
		}
	}

	private @Nullable CompletableFuture<Delivery> store(OutboxEntry entry, OutboxPersistence safekeeping) {
		try {
			safekeeping.keep(entry);
			return null;
		}
		catch (IOException ex) {
			this.quota.decided(1, entry.payload().length);
			this.quota.completed(1);
			return refuseUnstored(entry.knownId(), ex);
		}
	}

	private CompletableFuture<Delivery> refuseUnstored(@Nullable String id, IOException failure) {
		return this.state.state().acceptsMessages()
				? refuse(id, Reason.REJECTED, "it cannot be stored: " + failure.getMessage())
				: refuse(id, Reason.CLOSED, "the client is " + this.state.state());
	}

	private @Nullable CompletableFuture<Delivery> takeRoom(OutboxEntry entry) {
		String id = entry.knownId();
		int size = entry.payload().length;
		if (entry.key() != null && (this.quota.tryTake(size) || takePlaceOfAnother(entry, entry.key()))) {
			return null;
		}
		switch (this.settings.overflow()) {
			case DROP_OLDEST -> {
				// nothing makes room for what was a dead letter
				boolean taken = entry.maybeSent() ? this.quota.tryTake(size) : this.quota.takeAnyway(size);
				return taken ? null : refuse(id, Reason.REJECTED,
						"the outbox is full, or a callback of a future blocks the delivery lane");
			}
			case DROP_NEWEST -> {
				return this.quota.tryTake(size) ? null : refuse(id, Reason.DROPPED, "the outbox is full");
			}
			case BLOCK -> {
				return this.quota.tryTake(size) ? null : waitForRoom(id, size);
			}
			default -> {
				return this.quota.tryTake(size) ? null : refuse(id, Reason.REJECTED, "the outbox is full");
			}
		}
	}

	// at most one for each key until the executor has seen it, so the bounds hold but for
	// these
	private boolean takePlaceOfAnother(OutboxEntry entry, String key) {
		OutboxEntry older = this.replaceable.get(key);
		if (older == null || older.isReplacing()) {
			return false;
		}
		entry.replacing(true);
		if (this.replaceable.replace(key, older, entry)) {
			if (this.quota.takeAnyway(entry.payload().length)) {
				return true;
			}
			this.replaceable.replace(key, entry, older);
		}
		entry.replacing(false);
		return false;
	}

	private @Nullable CompletableFuture<Delivery> waitForRoom(@Nullable String id, int size) {
		if (this.executor.inExecutor() || this.onOwnLane.getAsBoolean()) {
			return refuse(id, Reason.REJECTED, "the outbox is full, and this thread must not wait for it");
		}
		try {
			if (this.quota.take(size, this.settings.blockTimeout().toNanos(),
					() -> this.state.state().acceptsMessages())) {
				return null;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return refuse(id, Reason.REJECTED, "interrupted while waiting for room in the outbox");
		}
		return this.state.state().acceptsMessages()
				? refuse(id, Reason.REJECTED, "no room in the outbox within queue.block-timeout")
				: refuse(id, Reason.CLOSED, "the client is " + this.state.state());
	}

	private CompletableFuture<Delivery> refuse(@Nullable String known, Reason reason, String detail) {
		return refuse(known, reason, detail, null);
	}

	private CompletableFuture<Delivery> refuse(@Nullable String known, Reason reason, String detail,
			@Nullable Throwable cause) {
		String id = (known != null) ? known : this.ids.next().toString();
		if (reason != Reason.CLOSED) {
			this.statistics.dropped(reason);
			this.notifier.messageDropped(id, reason);
		}
		return CompletableFuture.failedFuture(new WebSocketDeliveryException(id, 0, reason, detail, cause));
	}

	private boolean isReady() {
		return this.state.state() == ConnectionState.READY;
	}

	private long ttlNanos(OutboundMessage message) {
		Duration ttl = (message.getTimeToLive() != null) ? message.getTimeToLive() : this.settings.ttl();
		long nanos = Nanos.of(ttl);
		return (nanos == 0 || nanos == Nanos.MAX) ? OutboxEntry.NEVER : nanos;
	}

}
