package io.github.resilientws.internal.admission;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Adds encoded messages to the outbox: checks that their ids are unique, reserves room,
 * stores them and hands them to the executor. Called by any thread.
 */
public final class OutboxEntrance {

	private final QueueSettings settings;

	private final SerialExecutor executor;

	private final MessageIdIndex ids;

	private final OutboxRoom room;

	private final MessagePersistence persistence;

	private final IngressQueue ingress;

	/**
	 * Create an entrance.
	 * @param settings time to live and overflow
	 * @param executor the client's executor
	 * @param ids ids of unfinished messages
	 * @param room finds room
	 * @param persistence keeps messages
	 * @param ingress hands messages to the executor
	 */
	public OutboxEntrance(QueueSettings settings, SerialExecutor executor, MessageIdIndex ids, OutboxRoom room,
			MessagePersistence persistence, IngressQueue ingress) {
		this.settings = settings;
		this.executor = executor;
		this.ids = ids;
		this.room = room;
		this.persistence = persistence;
		this.ingress = ingress;
	}

	/**
	 * Wait until the ids of earlier runs are known. Blocks.
	 * @throws IOException if the store cannot be read
	 */
	void open() throws IOException {
		this.persistence.load();
	}

	OutboxEntry enter(EncodedMessage encoded, OutboundMessage message) throws MessageRefusedException, IOException {
		OutboxEntry entry = create(encoded, message);
		enter(entry);
		return entry;
	}

	OutboxEntry enterAgain(OutboxEntry letter) throws MessageRefusedException, IOException {
		OutboxEntry entry = letter.again(this.executor.nanoTime());
		enter(entry);
		return entry;
	}

	/**
	 * Add messages that an earlier run accepted, even beyond the bounds.
	 * @param entries the messages, in order
	 * @return the messages that were not in the outbox
	 */
	public List<OutboxEntry> enterRecovered(List<OutboxEntry> entries) {
		List<OutboxEntry> entered = new ArrayList<>(entries.size());
		for (OutboxEntry entry : entries) {
			if (this.ids.add(entry)) {
				this.room.reserveOverLimit(entry);
				entered.add(entry);
			}
		}
		if (!entered.isEmpty()) {
			this.ingress.addRecovered(entered);
		}
		return entered;
	}

	/**
	 * Find an unfinished message.
	 * @param id its id
	 * @return the message, or {@code null}
	 */
	public @Nullable OutboxEntry find(String id) {
		return this.ids.find(id);
	}

	private OutboxEntry create(EncodedMessage encoded, OutboundMessage message) {
		long now = this.executor.nanoTime();
		return (message.getKey() != null || this.settings.overflow() == Overflow.DROP_OLDEST)
				? new DroppableEntry(encoded, message.getKey(), message.isVolatile(), now, ttlNanos(message))
				: OutboxEntry.accepted(encoded, message.isVolatile(), now, ttlNanos(message));
	}

	private void enter(OutboxEntry entry) throws MessageRefusedException, IOException {
		this.room.requireFit(entry.payload().length);
		if (!this.ids.add(entry)) {
			throw new MessageRefusedException("a message with this id is in the outbox");
		}
		boolean entered = false;
		try {
			storeAndOffer(entry);
			entered = true;
		}
		finally {
			if (!entered) {
				this.persistence.remove(entry);
				this.ids.remove(entry);
			}
		}
	}

	private void storeAndOffer(OutboxEntry entry) throws MessageRefusedException, IOException {
		boolean reserved = this.room.reserve(entry);
		boolean stored = false;
		try {
			if (!entry.isVolatile() && !entry.isDeferred()) {
				this.persistence.append(entry);
			}
			stored = true;
		}
		finally {
			if (!stored && reserved) {
				this.room.release(entry);
			}
		}
		this.room.accept(entry, reserved);
		if (!this.ingress.offer(entry) && this.room.withdraw(entry)) {
			throw new MessageRefusedException("the client's executor is too far behind");
		}
	}

	private long ttlNanos(OutboundMessage message) {
		Duration ttl = (message.getTimeToLive() != null) ? message.getTimeToLive() : this.settings.ttl();
		long nanos = Nanos.of(ttl);
		return (nanos == 0 || nanos == Nanos.MAX) ? OutboxEntry.NEVER : nanos;
	}

}
