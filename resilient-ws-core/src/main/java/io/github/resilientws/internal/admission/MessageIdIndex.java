package io.github.resilientws.internal.admission;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * Unfinished messages by their ids, as far as another message may bring the same id. May
 * be used by any thread.
 */
public final class MessageIdIndex {

	private final ConcurrentMap<String, OutboxEntry> messages = new ConcurrentHashMap<>();

	/**
	 * Take the id of a message.
	 * @param entry the message
	 * @return {@code false} if an unfinished message has its id
	 */
	public boolean add(OutboxEntry entry) {
		String id = entry.givenId();
		return id == null || this.messages.putIfAbsent(id, entry) == null;
	}

	/**
	 * Free the id of a message.
	 * @param entry the message
	 */
	public void remove(OutboxEntry entry) {
		String id = entry.givenId();
		if (id != null) {
			this.messages.remove(id, entry);
		}
	}

	public @Nullable OutboxEntry find(String id) {
		return this.messages.get(id);
	}

	public boolean isEmpty() {
		return this.messages.isEmpty();
	}

}
