package io.github.resilientws.internal.heartbeat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The callers that wait for the round trip of a heartbeat. Confined to the client's
 * executor; their futures are completed on other threads, because dependent actions may
 * block.
 */
final class Probes {

	private final Executor callbacks;

	private List<CompletableFuture<Duration>> waiting = List.of();

	Probes(Executor callbacks) {
		this.callbacks = callbacks;
	}

	void add(CompletableFuture<Duration> result) {
		if (this.waiting.isEmpty()) {
			this.waiting = new ArrayList<>(1);
		}
		this.waiting.add(result);
	}

	void succeed(Duration roundTrip) {
		end((probe) -> probe.complete(roundTrip));
	}

	void fail(Exception failure) {
		end((probe) -> probe.completeExceptionally(failure));
	}

	private void end(Consumer<CompletableFuture<Duration>> completion) {
		if (!this.waiting.isEmpty()) {
			List<CompletableFuture<Duration>> ended = this.waiting;
			this.waiting = List.of();
			this.callbacks.execute(() -> ended.forEach(completion));
		}
	}

}
