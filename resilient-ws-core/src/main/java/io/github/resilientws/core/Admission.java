package io.github.resilientws.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jctools.queues.MessagePassingQueue;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.QueueSettings;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Decides on the sender's thread whether a message enters the outbox.
 */
final class Admission {

	private static final long FULL_INGRESS_PARK_NANOS = 20_000;

	private final QueueSettings settings;

	private final StateHolder state;

	private final SerialExecutor executor;

	private final BooleanSupplier onOwnLane;

	private final PayloadConverter converter;

	private final MessagePassingQueue<OutboxEntry> ingress;

	private final Quota quota;

	private final Set<String> givenIds;

	private final Completions completions;

	private final Statistics statistics;

	Admission(QueueSettings settings, StateHolder state, SerialExecutor executor, BooleanSupplier onOwnLane,
			PayloadConverter converter, MessagePassingQueue<OutboxEntry> ingress, Quota quota, Set<String> givenIds,
			Completions completions, Statistics statistics) {
		this.settings = settings;
		this.state = state;
		this.executor = executor;
		this.onOwnLane = onOwnLane;
		this.converter = converter;
		this.ingress = ingress;
		this.quota = quota;
		this.givenIds = givenIds;
		this.completions = completions;
		this.statistics = statistics;
	}

	/**
	 * Put a message into the ingress queue, or refuse it.
	 * @param message the message
	 * @param wakeUp makes the executor look at the ingress queue
	 * @return its future
	 */
	CompletableFuture<Delivery> admit(OutboundMessage message, Runnable wakeUp) {
		if (!this.state.state().acceptsMessages()) {
			return refuse(message, Reason.CLOSED, "the client is " + this.state.state());
		}
		Object payload = message.getPayload();
		if (message.isObject()) {
			try {
				payload = this.converter.convert(payload);
			}
			catch (RuntimeException ex) {
				// the text of the exception may quote the payload
				return refuse(message, Reason.REJECTED, "its payload cannot be converted: " + FailureSite.describe(ex));
			}
		}
		boolean text = payload instanceof String;
		byte[] bytes = text ? encode((String) payload) : bytes((ByteBuffer) payload);
		if (bytes == null) {
			return refuse(message, Reason.REJECTED, "the text holds an unpaired surrogate and has no UTF-8 form");
		}
		if (message.isVolatile() && !isReady()) {
			return refuse(message, Reason.DROPPED, "the client is not ready");
		}
		if (!this.quota.everFits(bytes.length)) {
			return refuse(message, Reason.REJECTED,
					"its " + bytes.length + " bytes exceed queue.max-bytes = " + this.settings.maxBytes());
		}
		String id = message.getId();
		if (id != null && !this.givenIds.add(id)) {
			return refuse(message, Reason.REJECTED, "a message with this id is in the outbox");
		}
		CompletableFuture<Delivery> refused = takeRoom(message, bytes.length);
		if (refused != null) {
			if (id != null) {
				this.givenIds.remove(id);
			}
			return refused;
		}
		OutboxEntry entry = new OutboxEntry(text, bytes, id, message.isVolatile(), this.executor.nanoTime(),
				ttlNanos(message));
		while (!this.ingress.offer(entry)) {
			wakeUp.run();
			LockSupport.parkNanos(FULL_INGRESS_PARK_NANOS);
		}
		wakeUp.run();
		return entry.future();
	}

	private @Nullable CompletableFuture<Delivery> takeRoom(OutboundMessage message, int size) {
		switch (this.settings.overflow()) {
			case DROP_OLDEST -> {
				return this.quota.takeAnyway(size) ? null
						: refuse(message, Reason.REJECTED, "a callback of a future blocks the delivery lane");
			}
			case DROP_NEWEST -> {
				return this.quota.tryTake(size) ? null : refuse(message, Reason.DROPPED, "the outbox is full");
			}
			case BLOCK -> {
				return this.quota.tryTake(size) ? null : waitForRoom(message, size);
			}
			default -> {
				return this.quota.tryTake(size) ? null : refuse(message, Reason.REJECTED, "the outbox is full");
			}
		}
	}

	private @Nullable CompletableFuture<Delivery> waitForRoom(OutboundMessage message, int size) {
		if (this.executor.inExecutor() || this.onOwnLane.getAsBoolean()) {
			return refuse(message, Reason.REJECTED, "the outbox is full, and this thread must not wait for it");
		}
		try {
			if (this.quota.take(size, this.settings.blockTimeout().toNanos(),
					() -> this.state.state().acceptsMessages())) {
				return null;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return refuse(message, Reason.REJECTED, "interrupted while waiting for room in the outbox");
		}
		return this.state.state().acceptsMessages()
				? refuse(message, Reason.REJECTED, "no room in the outbox within queue.block-timeout")
				: refuse(message, Reason.CLOSED, "the client is " + this.state.state());
	}

	private CompletableFuture<Delivery> refuse(OutboundMessage message, Reason reason, String detail) {
		String id = (message.getId() != null) ? message.getId() : this.completions.ids().next();
		if (reason != Reason.CLOSED) {
			this.statistics.dropped(reason);
			this.completions.tellDropped(id, reason);
		}
		return CompletableFuture.failedFuture(new WebSocketDeliveryException(id, 0, reason, detail));
	}

	private boolean isReady() {
		return this.state.state() == ConnectionState.READY;
	}

	private long ttlNanos(OutboundMessage message) {
		Duration ttl = (message.getTimeToLive() != null) ? message.getTimeToLive() : this.settings.ttl();
		long nanos = Nanos.of(ttl);
		return (nanos == 0 || nanos == Nanos.MAX) ? OutboxEntry.NEVER : nanos;
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	private static byte @Nullable [] encode(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isSurrogate(c)) {
				if (Character.isLowSurrogate(c) || i + 1 == text.length()
						|| !Character.isLowSurrogate(text.charAt(i + 1))) {
					return null;
				}
				i++;
			}
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
