package io.github.resilientws.settings;

import java.time.Duration;
import java.util.Locale;

import io.github.resilientws.settings.StoreSettings.Kind;

/**
 * Rules for {@code queue.store} and the keys that belong to it.
 */
final class StoreRules {

	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

	private StoreRules() {
	}

	static void check(StoreSettings settings, DeliverySettings delivery) {
		checkWait("queue.sync-interval", settings.syncInterval(), LONGEST, "1ms to 1m");
		checkWait("queue.poll-interval", settings.pollInterval(), LONGEST, "1ms to 1m");
		checkWait("queue.store-timeout", settings.storeTimeout(), LONGEST_TIMEOUT, "1ms to 10m");
		if (settings.kind() == Kind.MEMORY) {
			return;
		}
		if (!delivery.isAtLeastOnce()) {
			throw new InvalidSettingException("queue.store", settings.kind().name().toLowerCase(Locale.ROOT),
					"needs delivery.guarantee at-least-once: only an acknowledged message may be removed from the store");
		}
		if (settings.kind() == Kind.FILE && settings.directory() == null) {
			throw new InvalidSettingException("queue.directory", "", "is missing; queue.store file needs a directory");
		}
		if (settings.kind() == Kind.JDBC && settings.directory() != null) {
			throw new InvalidSettingException("queue.directory", settings.directory().toString(),
					"is not allowed with queue.store jdbc, which keeps messages in the database");
		}
	}

	private static void checkWait(String key, Duration wait, Duration longest, String allowed) {
		if (wait.compareTo(SHORTEST) < 0 || wait.compareTo(longest) > 0) {
			throw new InvalidSettingException(key, Text.of(wait), "allowed is " + allowed);
		}
	}

}
