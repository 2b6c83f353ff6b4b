package io.github.resilientws.internal.owner;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.admission.OutboxEntry.Phase;

/**
 * The newest message of each key. Messages that have left the outbox are forgotten from
 * time to time. Confined to the client's executor.
 */
final class NewestByKey {

	private static final int LEAST_SWEPT = 1000;

	private final Map<String, SharedEntry> entries = new HashMap<>();

	private int sweepAt = LEAST_SWEPT;

	/**
	 * Add a message.
	 * @param entry the message, newer than all earlier ones
	 * @return the earlier message with its key, or {@code null}
	 */
	@Nullable SharedEntry put(SharedEntry entry) {
		String key = entry.key();
		if (key == null) {
			return null;
		}
		SharedEntry older = this.entries.put(key, entry);
		if (this.entries.size() >= this.sweepAt) {
			this.entries.values().removeIf((one) -> one.phase() == Phase.DONE);
			this.sweepAt = Math.max(LEAST_SWEPT, 2 * this.entries.size());
		}
		return older;
	}

	int size() {
		return this.entries.size();
	}

}
