package io.github.resilientws.internal.admission;

import java.util.function.BooleanSupplier;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.settings.QueueSettings;

/**
 * Reserves room for messages, or refuses them, according to {@code queue.overflow}.
 * Called by senders.
 */
public final class OutboxRoom {

	private final QueueSettings settings;

	private final OutboxCapacity capacity;

	private final DroppableMessages droppable;

	private final StateHolder state;

	private final BooleanSupplier onClientThread;

	/**
	 * Create the room of an outbox.
	 * @param settings the bounds, and the policy when they are reached
	 * @param capacity counts the room
	 * @param droppable messages that may be dropped for others
	 * @param state state of the client
	 * @param onClientThread whether the caller is a thread that must not wait for room,
	 * because making room may depend on it
	 */
	public OutboxRoom(QueueSettings settings, OutboxCapacity capacity, DroppableMessages droppable, StateHolder state,
			BooleanSupplier onClientThread) {
		this.settings = settings;
		this.capacity = capacity;
		this.droppable = droppable;
		this.state = state;
		this.onClientThread = onClientThread;
	}

	void requireFit(int size) throws MessageRefusedException {
		if (!this.capacity.canEverFit(size)) {
			throw new MessageRefusedException(
					"its " + size + " bytes exceed queue.max-bytes = " + this.settings.maxBytes());
		}
	}

	/**
	 * Reserve room for a message.
	 * @param entry the message
	 * @return {@code false} if other messages are dropped when it is accepted, not
	 * before: a message that cannot be stored drops none
	 * @throws MessageRefusedException if no room is available
	 */
	boolean reserve(OutboxEntry entry) throws MessageRefusedException {
		int size = entry.payload().length;
		if (this.capacity.tryReserve(size)) {
			return true;
		}
		if (entry instanceof DroppableEntry newest && this.droppable.canMakeRoomFor(newest)) {
			return false;
		}
		reserveOrRefuse(size);
		return true;
	}

	/**
	 * Accept a message: it is in the outbox from now on.
	 * @param entry the message
	 * @param reserved whether room was reserved for it
	 * @throws MessageRefusedException if no room is available; nothing is reserved then
	 */
	void accept(OutboxEntry entry, boolean reserved) throws MessageRefusedException {
		if (entry instanceof DroppableEntry newest && !this.droppable.accept(newest, reserved)) {
			// the messages that should have been dropped were handed over meanwhile
			reserveOrRefuse(entry.payload().length);
			this.droppable.accept(newest, true);
		}
	}

	/**
	 * Give back room that was reserved for a message.
	 * @param entry the message, not accepted
	 */
	void release(OutboxEntry entry) {
		this.capacity.release(1, entry.payload().length);
		this.capacity.completed(1);
	}

	/**
	 * Withdraw a message that was accepted.
	 * @param entry the message
	 * @return {@code false} if another sender has dropped it
	 */
	boolean withdraw(OutboxEntry entry) {
		if (!this.droppable.claim(entry)) {
			return false;
		}
		release(entry);
		return true;
	}

	void reserveOverLimit(OutboxEntry entry) {
		this.capacity.reserveOverLimit(entry.payload().length);
	}

	private void reserveOrRefuse(int size) throws MessageRefusedException {
		switch (this.settings.overflow()) {
			case BLOCK -> awaitRoom(size);
			case DROP_NEWEST -> {
				if (!this.capacity.tryReserve(size)) {
					throw new MessageRefusedException(Reason.DROPPED, "the outbox is full");
				}
			}
			case DROP_OLDEST -> {
				if (!this.capacity.tryReserve(size)) {
					throw new MessageRefusedException(
							this.capacity.isBacklogged() ? "a callback of a future blocks the completion of deliveries"
									: "the outbox is full of messages that were handed over");
				}
			}
			case REJECT -> {
				if (!this.capacity.tryReserve(size)) {
					throw new MessageRefusedException("the outbox is full");
				}
			}
		}
	}

	private void awaitRoom(int size) throws MessageRefusedException {
		if (this.capacity.tryReserve(size)) {
			return;
		}
		if (this.onClientThread.getAsBoolean()) {
			throw new MessageRefusedException("the outbox is full, and this thread must not wait for it");
		}
		boolean reserved;
		try {
			reserved = this.capacity.reserve(size, this.settings.blockTimeout().toNanos(),
					() -> this.state.state().acceptsMessages());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new MessageRefusedException("interrupted while waiting for room in the outbox");
		}
		if (!reserved) {
			throw this.state.state().acceptsMessages()
					? new MessageRefusedException("no room in the outbox within queue.block-timeout")
					: new MessageRefusedException(Reason.CLOSED, "the client is " + this.state.state());
		}
	}

}
