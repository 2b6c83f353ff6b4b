package io.github.resilientws.internal.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.internal.persistence.StoreLifecycle;
import io.github.resilientws.internal.state.StateHolder;

/**
 * The operations that applications call, and their effect in each state. The future of
 * {@code connect}, {@code reconnect} and {@code resume} completes when the client is
 * {@code READY}, and fails when it enters {@code FAILED}, {@code CLOSED} or
 * {@code SUSPENDED} first; that of {@code connect} also completes in {@code STANDBY}, and
 * the others fail. Confined to the client's executor.
 */
public final class ClientOperations {

	private final String client;

	private final StateHolder states;

	private final ClientLifecycle lifecycle;

	private final PendingOperations pending;

	private final StoreLifecycle store;

	/**
	 * Create the operations of a client.
	 * @param client name of the client
	 * @param states its state
	 * @param lifecycle its lifecycle
	 * @param pending operations that wait for a state
	 * @param store its store
	 */
	public ClientOperations(String client, StateHolder states, ClientLifecycle lifecycle, PendingOperations pending,
			StoreLifecycle store) {
		this.client = client;
		this.states = states;
		this.lifecycle = lifecycle;
		this.pending = pending;
		this.store = store;
	}

	/**
	 * Run a command on the executor; an exception of it ends the connection.
	 * @param command the command
	 * @throws java.util.concurrent.RejectedExecutionException if the transport is closed
	 */
	public void execute(Runnable command) {
		this.lifecycle.execute(command);
	}

	public void connect(CompletableFuture<Void> done) {
		switch (this.states.state()) {
			case IDLE, CLOSED, FAILED -> {
				this.pending.awaitConnected(done);
				this.lifecycle.start();
			}
			case CONNECTING, ESTABLISHING, BACKING_OFF -> this.pending.awaitConnected(done);
			case STANDBY, READY -> this.pending.complete(done);
			default -> refuse(done, "connect()");
		}
	}

	public void disconnect(CompletableFuture<Void> done) {
		if (this.states.state() == ConnectionState.CLOSED) {
			this.store.whenReleased(() -> this.pending.complete(done));
			return;
		}
		this.pending.awaitClosed(done);
		switch (this.states.state()) {
			case DRAINING -> {
				// the close continues when the outbox is empty
			}
			case READY -> this.lifecycle.drainAndClose();
			default -> this.lifecycle.closeNow();
		}
	}

	public void reconnect(CompletableFuture<Void> done) {
		switch (this.states.state()) {
			case CONNECTING, ESTABLISHING -> this.pending.awaitReady(done);
			case BACKING_OFF -> {
				this.pending.awaitReady(done);
				this.lifecycle.dialNow();
			}
			case READY -> {
				this.pending.awaitReady(done);
				this.lifecycle.replaceConnection();
			}
			default -> refuse(done, "reconnect()");
		}
	}

	public void suspend(CompletableFuture<Void> done) {
		switch (this.states.state()) {
			case CONNECTING, ESTABLISHING, READY, BACKING_OFF -> this.lifecycle.suspend();
			default -> {
				// nothing to suspend
			}
		}
		this.pending.complete(done);
	}

	public void resume(CompletableFuture<Void> done) {
		switch (this.states.state()) {
			case SUSPENDED -> {
				this.pending.awaitReady(done);
				this.lifecycle.dialNow();
			}
			case CONNECTING, ESTABLISHING, BACKING_OFF -> this.pending.awaitReady(done);
			case STANDBY, READY -> this.pending.complete(done);
			default -> refuse(done, "resume()");
		}
	}

	public void probe(CompletableFuture<Duration> result) {
		if (this.states.state() == ConnectionState.READY) {
			this.lifecycle.current().probe(result);
		}
		else {
			refuse(result, "probe()");
		}
	}

	/** The heartbeat rules have changed. */
	public void updateHeartbeat() {
		this.lifecycle.current().updateHeartbeat();
	}

	/**
	 * Return whether futures of operations wait for a callback that runs on a certain
	 * thread. May be called on any thread.
	 * @param thread tests the thread
	 * @return whether futures wait
	 */
	public boolean waitFor(Predicate<Thread> thread) {
		return this.pending.waitFor(thread);
	}

	/**
	 * Run a task when the store of the closed client is closed. May be called on any
	 * thread.
	 * @param task the task
	 */
	public void whenStoreReleased(Runnable task) {
		try {
			execute(() -> this.store.whenReleased(task));
		}
		catch (RejectedExecutionException ex) {
			// the transport is closed
			task.run();
		}
	}

	private void refuse(CompletableFuture<?> done, String operation) {
		this.pending.fail(done, new IllegalStateException(
				"[" + this.client + "] " + operation + " is not possible in state " + this.states.state()));
	}

}
