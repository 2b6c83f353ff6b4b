package io.github.resilientws.internal.owner;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.internal.admission.Admission;
import io.github.resilientws.internal.admission.MessageOutcomes;
import io.github.resilientws.internal.admission.MessagePersistence;
import io.github.resilientws.internal.admission.OutboxEntrance;
import io.github.resilientws.internal.delivery.GivenUpMessages;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.outbox.OutboxFlow;
import io.github.resilientws.internal.persistence.StoreLifecycle;
import io.github.resilientws.internal.shared.PendingDeliveries;
import io.github.resilientws.internal.shared.SharedRoom;
import io.github.resilientws.internal.shared.SharedSender;
import io.github.resilientws.internal.shared.SharedStoreHandle;
import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Assembles the outbox of one client that other instances share.
 */
public final class SharedOutboxAssembly {

	private static final int LEAST_READ_AHEAD = 1000;

	private final ClientSettings settings;

	private final SharedStoreHandle store;

	private final SerialExecutor executor;

	private final StateHolder states;

	private final SharedDeadLetters deadLetters;

	private final SharedRoom room;

	private final ReadAhead readAhead;

	private final SharedPersistence persistence;

	private final PendingDeliveries deliveries;

	private @Nullable OwnedLine line;

	/**
	 * Create the parts that the others depend on.
	 * @param settings settings of the client
	 * @param store the store
	 * @param executor the client's executor
	 * @param completer completes futures
	 * @param states state of the client
	 * @param deadLetters the dead letters of the line
	 */
	public SharedOutboxAssembly(ClientSettings settings, SharedStoreHandle store, SerialExecutor executor,
			Executor completer, StateHolder states, SharedDeadLetters deadLetters) {
		this.settings = settings;
		this.store = store;
		this.executor = executor;
		this.states = states;
		this.deadLetters = deadLetters;
		this.room = new SharedRoom(settings.queue(), store, executor::nanoTime, this::isOpen);
		this.readAhead = new ReadAhead(Math.max(4 * settings.delivery().window(), LEAST_READ_AHEAD));
		this.persistence = new SharedPersistence(store, this.room, this.readAhead);
		this.deliveries = new PendingDeliveries(store, executor, completer);
	}

	/**
	 * Return the store.
	 * @return the store
	 */
	public SharedStoreHandle store() {
		return this.store;
	}

	/**
	 * Return the messages that were given up.
	 * @return the dead letters as the owner of the line knows them
	 */
	public GivenUpMessages givenUp() {
		return this.deadLetters;
	}

	/**
	 * Return the persistence of messages.
	 * @return the persistence
	 */
	public MessagePersistence persistence() {
		return this.persistence;
	}

	/**
	 * Create the admission to the store.
	 * @param outcomes counts messages that are refused
	 * @param onClientThread whether the caller is a thread that must not wait for room
	 * @return the admission
	 */
	public Admission.SharedOutbox sender(MessageOutcomes outcomes, BooleanSupplier onClientThread) {
		return new SharedSender(this.settings, this.store, this.room, this.deliveries, outcomes, onClientThread);
	}

	/**
	 * Create the lifecycle of the store.
	 * @param entrance brings messages into the outbox
	 * @param flow writes messages
	 * @param wakeUp makes the flow run, called by any thread
	 * @param threads threads that may block
	 * @return the lifecycle
	 */
	public StoreLifecycle lifecycle(OutboxEntrance entrance, OutboxFlow flow, Runnable wakeUp,
			CallbackThreads threads) {
		this.persistence.setOnRemoved(wakeUp);
		OwnedLine owned = new OwnedLine(this.settings, this.executor, flow.outbox(), this.room, this.readAhead,
				this.deadLetters);
		this.line = owned;
		return new SharedStoreLifecycle(this.store, this.states, this.deliveries,
				new OutboxFeeder(this.store, this.executor, entrance, flow, this.deliveries, this.readAhead), owned,
				threads);
	}

	/**
	 * Create the dead letters for applications.
	 * @param outcomes counts messages that are refused
	 * @return the dead letters
	 */
	public ClientDeadLetters clientDeadLetters(MessageOutcomes outcomes) {
		return new SharedClientDeadLetters(this.settings.name(), this.store, this.deliveries, this.deadLetters,
				outcomes);
	}

	/**
	 * Return the number of messages of the line. May be called by any thread.
	 * @param held number of messages in the outbox
	 * @return number of messages; 0 if this instance does not own the line
	 */
	public int messages(int held) {
		return isOwned() ? (this.readAhead.isFull() ? Math.max(held, this.room.messages()) : held) : 0;
	}

	/**
	 * Return the size of the messages of the line. May be called by any thread.
	 * @param held size of the messages in the outbox
	 * @return sum of their payloads in bytes; 0 if this instance does not own the line
	 */
	public long bytes(long held) {
		return isOwned() ? (this.readAhead.isFull() ? Math.max(held, this.room.bytes()) : held) : 0;
	}

	private boolean isOpen() {
		ConnectionState current = this.states.state();
		return current.acceptsMessages() || current == ConnectionState.STANDBY;
	}

	private boolean isOwned() {
		OwnedLine current = this.line;
		return current != null && current.isOwned();
	}

}
