package io.github.resilientws.internal.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.github.resilientws.internal.execution.OperationCompleter;

/**
 * The futures of operations that wait for the client to be ready, or to be closed.
 * Confined to the client's executor.
 */
public final class PendingOperations {

	private final OperationCompleter completer;

	private final List<CompletableFuture<Void>> untilReady = new ArrayList<>();

	// also complete when the client stands by
	private final List<CompletableFuture<Void>> untilConnected = new ArrayList<>();

	private final List<CompletableFuture<Void>> untilClosed = new ArrayList<>();

	/**
	 * Create an empty list.
	 * @param completer completes the futures
	 */
	public PendingOperations(OperationCompleter completer) {
		this.completer = completer;
	}

	void awaitReady(CompletableFuture<Void> done) {
		this.untilReady.add(done);
	}

	void awaitConnected(CompletableFuture<Void> done) {
		this.untilConnected.add(done);
	}

	void awaitClosed(CompletableFuture<Void> done) {
		this.untilClosed.add(done);
	}

	void complete(CompletableFuture<Void> done) {
		this.completer.complete(done, null);
	}

	void fail(CompletableFuture<?> done, Exception failure) {
		this.completer.fail(done, failure);
	}

	boolean waitFor(Predicate<Thread> thread) {
		return this.completer.waitsFor(thread);
	}

	void onReady() {
		this.untilReady.forEach(this::complete);
		this.untilReady.clear();
		onConnected();
	}

	void onStandby(Exception failure) {
		onConnected();
		onNotReady(failure);
	}

	private void onConnected() {
		this.untilConnected.forEach(this::complete);
		this.untilConnected.clear();
	}

	void onNotReady(Exception failure) {
		this.untilReady.forEach((done) -> fail(done, failure));
		this.untilReady.clear();
		this.untilConnected.forEach((done) -> fail(done, failure));
		this.untilConnected.clear();
	}

	/**
	 * Take the futures that wait for the client to be closed.
	 * @return completes them
	 */
	Runnable takeUntilClosed() {
		List<CompletableFuture<Void>> waiting = List.copyOf(this.untilClosed);
		this.untilClosed.clear();
		return () -> waiting.forEach(this::complete);
	}

}
