package io.github.resilientws.sample.server;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The present fault. Connections check it before they read, write and answer handshakes.
 */
final class FaultState {

	private final Clock clock;

	private @Nullable Fault fault;

	private @Nullable Instant until;

	private final Set<String> refusedOnce = new HashSet<>();

	FaultState(Clock clock) {
		this.clock = clock;
	}

	synchronized void begin(Fault fault) {
		this.fault = fault;
		this.until = this.clock.instant().plus(fault.duration());
		this.refusedOnce.clear();
		notifyAll();
	}

	synchronized void end() {
		this.fault = null;
		this.until = null;
		notifyAll();
	}

	synchronized boolean is(Fault fault) {
		return this.fault == fault;
	}

	synchronized DemoServerStatus status(OrderBook orders) {
		return new DemoServerStatus((this.fault != null) ? this.fault.id() : null, this.until, orders.orders(),
				orders.repeats());
	}

	synchronized void awaitReading() throws InterruptedException {
		while (this.fault == Fault.STOP_READING) {
			wait();
		}
	}

	synchronized void awaitAnswering() throws InterruptedException {
		while (this.fault == Fault.SILENT) {
			wait();
		}
	}

	/**
	 * Decide about a handshake.
	 * @param path path of the request
	 * @return status line and headers of the refusal, or {@code null} to accept
	 */
	synchronized @Nullable String refusal(String path) {
		if (this.fault == Fault.REFUSE_503) {
			return "503 Service Unavailable\r\nRetry-After: 3";
		}
		if (this.fault == Fault.REVOKE || (this.fault == Fault.REFUSE_401 && this.refusedOnce.add(path))) {
			return "401 Unauthorized";
		}
		return null;
	}

}
