package io.github.resilientws.internal.owner;

import java.util.concurrent.CompletableFuture;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.persistence.StoreLifecycle;
import io.github.resilientws.internal.shared.PendingDeliveries;
import io.github.resilientws.internal.shared.SharedStoreHandle;
import io.github.resilientws.internal.state.StateHolder;

/**
 * Opens and closes the store of a client that other instances share, and its feed.
 */
public final class SharedStoreLifecycle implements StoreLifecycle {

	private final SharedStoreHandle store;

	private final StateHolder states;

	private final PendingDeliveries deliveries;

	private final OutboxFeeder feed;

	private final OwnedLine line;

	private final CallbackThreads threads;

	// written by the client's executor
	private volatile CompletableFuture<?> released = CompletableFuture.completedFuture(null);

	/**
	 * Create the lifecycle of an open store.
	 * @param store the store
	 * @param states state of the client
	 * @param deliveries the messages of this instance's senders
	 * @param feed reads the messages of the line
	 * @param line what the owner of the line does besides
	 * @param threads threads that may block
	 */
	public SharedStoreLifecycle(SharedStoreHandle store, StateHolder states, PendingDeliveries deliveries,
			OutboxFeeder feed, OwnedLine line, CallbackThreads threads) {
		this.store = store;
		this.states = states;
		this.deliveries = deliveries;
		this.feed = feed;
		this.line = line;
		this.threads = threads;
	}

	@Override
	public boolean isLoaded() {
		return true;
	}

	@Override
	public void load() {
		// the messages are read when this instance owns the line
	}

	@Override
	public boolean isShared() {
		return true;
	}

	@Override
	public void reopen() {
		this.store.reopen();
		this.deliveries.open();
	}

	@Override
	public void own(Ownership ownership) {
		this.feed.start(ownership);
		this.line.start();
	}

	@Override
	public void hold() {
		this.feed.stop();
		this.line.stop();
	}

	@Override
	public void unload() {
		hold();
		if (this.states.state() != ConnectionState.STANDBY) {
			this.deliveries.close("the client is " + this.states.state());
		}
	}

	@Override
	public void release(Runnable afterwards) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.released = done;
		this.threads.executeLast(this.store.close(), () -> {
			done.complete(null);
			afterwards.run();
		});
	}

	@Override
	public void whenReleased(Runnable task) {
		this.released.whenComplete((result, failure) -> task.run());
	}

}
