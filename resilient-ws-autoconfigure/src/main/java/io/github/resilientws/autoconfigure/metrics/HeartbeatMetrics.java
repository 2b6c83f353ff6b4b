package io.github.resilientws.autoconfigure.metrics;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.github.resilientws.cluster.jdbc.HeartbeatListener;

/**
 * Meters of the heartbeats of an instance, which no client has. Their tag {@code client}
 * is empty, because all meters of a name have the same tags.
 */
class HeartbeatMetrics implements HeartbeatListener {

	private final Timer success;

	private final Timer failure;

	HeartbeatMetrics(MeterRegistry registry) {
		this.success = timer(registry, "", "beat", "success");
		this.failure = timer(registry, "", "beat", "failure");
	}

	static Timer timer(MeterRegistry registry, String client, String operation, String outcome) {
		return Timer.builder("resilient.ws.store.duration")
			.tags("client", client, "operation", operation, "outcome", outcome)
			.description("Time that the database took for an operation")
			.register(registry);
	}

	@Override
	public void onHeartbeat(boolean success, Duration elapsed) {
		(success ? this.success : this.failure).record(elapsed);
	}

}
