package io.github.resilientws.settings;

import java.time.Duration;

import io.github.resilientws.settings.StoreSettings.Kind;

/**
 * Rules for {@code queue.store}, {@code queue.directory} and {@code queue.sync*}.
 */
final class StoreRules {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private StoreRules() {
	}

	static void check(StoreSettings settings, DeliverySettings delivery) {
		Duration interval = settings.syncInterval();
		if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
			throw new InvalidSettingException("queue.sync-interval", Text.of(interval), "allowed is 1ms to 1m");
		}
		if (settings.kind() != Kind.FILE) {
			return;
		}
		if (!delivery.isAtLeastOnce()) {
			throw new InvalidSettingException("queue.store", "file",
					"needs delivery.guarantee at-least-once: only an acknowledged message may be removed from the store");
		}
		if (settings.directory() == null) {
			throw new InvalidSettingException("queue.directory", "", "is missing; queue.store file needs a directory");
		}
	}

}
