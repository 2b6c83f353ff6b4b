package io.github.resilientws.autoconfigure.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.github.resilientws.store.StoreMonitor;

/**
 * Meters of the store {@code jdbc}, with the same tags as those of
 * {@link HeartbeatMetrics}.
 */
class StoreMetrics implements StoreMonitor {

	private final MeterRegistry registry;

	private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

	StoreMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void completed(String client, String operation, boolean success, Duration duration) {
		this.timers.computeIfAbsent(new Key(client, tag(operation), success), this::timer).record(duration);
	}

	private static String tag(String operation) {
		return switch (operation) {
			case "end" -> "remove";
			case "find" -> "look";
			default -> operation;
		};
	}

	private Timer timer(Key key) {
		return HeartbeatMetrics.timer(this.registry, key.client, key.operation, key.success ? "success" : "failure");
	}

	private record Key(String client, String operation, boolean success) {

	}

}
