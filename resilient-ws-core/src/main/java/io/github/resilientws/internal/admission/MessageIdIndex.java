package io.github.resilientws.internal.admission;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * Unfinished messages by id, for ids that another message may have, too. May be used by
 * any thread.
 */
public final class MessageIdIndex {

	private final ConcurrentMap<String, OutboxEntry> messages = new ConcurrentHashMap<>();

	/**
	 * Register the id of a message.
	 * @param entry the message
	 * @return {@code false} if an unfinished message has its id
	 */
	public boolean add(OutboxEntry entry) {
		String id = entry.givenId();
		return id == null || this.messages.putIfAbsent(id, entry) == null;
	}

	/**
	 * Release the id of a message.
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

}
