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

	private List<CompletableFuture<Void>> untilReady = List.of();

	// also complete when the client stands by
	private List<CompletableFuture<Void>> untilConnected = List.of();

	private List<CompletableFuture<Void>> untilClosed = List.of();

	/**
	 * Create an empty list.
	 * @param completer completes the futures
	 */
	public PendingOperations(OperationCompleter completer) {
		this.completer = completer;
	}

	void awaitReady(CompletableFuture<Void> done) {
		this.untilReady = add(this.untilReady, done);
	}

	void awaitConnected(CompletableFuture<Void> done) {
		this.untilConnected = add(this.untilConnected, done);
	}

	void awaitClosed(CompletableFuture<Void> done) {
		this.untilClosed = add(this.untilClosed, done);
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
		this.untilReady = List.of();
		onConnected();
	}

	void onStandby(Exception failure) {
		onConnected();
		onNotReady(failure);
	}

	private void onConnected() {
		this.untilConnected.forEach(this::complete);
		this.untilConnected = List.of();
	}

	void onNotReady(Exception failure) {
		this.untilReady.forEach((done) -> fail(done, failure));
		this.untilReady = List.of();
		this.untilConnected.forEach((done) -> fail(done, failure));
		this.untilConnected = List.of();
	}

	/**
	 * Take the futures that wait for the client to be closed.
	 * @return completes them
	 */
	Runnable takeUntilClosed() {
		List<CompletableFuture<Void>> waiting = this.untilClosed;
		this.untilClosed = List.of();
		return () -> waiting.forEach(this::complete);
	}

	private static List<CompletableFuture<Void>> add(List<CompletableFuture<Void>> waiting,
			CompletableFuture<Void> done) {
		List<CompletableFuture<Void>> extended = waiting.isEmpty() ? new ArrayList<>(1) : waiting;
		extended.add(done);
		return extended;
	}

}
