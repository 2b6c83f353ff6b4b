package io.github.resilientws.internal.admission;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jspecify.annotations.Nullable;

/**
 * Unfinished messages by id, for ids that another message may have, too. May be used by
 * any thread.
 */
public final class MessageIdIndex {

	// created by the first message with such an id
	private volatile @Nullable ConcurrentMap<String, OutboxEntry> messages;

	/**
	 * Register the id of a message.
	 * @param entry the message
	 * @return {@code false} if an unfinished message has its id
	 */
	public boolean add(OutboxEntry entry) {
		String id = entry.givenId();
		return id == null || messages().putIfAbsent(id, entry) == null;
	}

	private ConcurrentMap<String, OutboxEntry> messages() {
		ConcurrentMap<String, OutboxEntry> known = this.messages;
		return (known != null) ? known : create();
	}

	private synchronized ConcurrentMap<String, OutboxEntry> create() {
		ConcurrentMap<String, OutboxEntry> known = this.messages;
		if (known == null) {
			known = new ConcurrentHashMap<>();
			this.messages = known;
		}
		return known;
	}

	/**
	 * Release the id of a message.
	 * @param entry the message
	 */
	public void remove(OutboxEntry entry) {
		String id = entry.givenId();
		if (id != null) {
			messages().remove(id, entry);
		}
	}

	public @Nullable OutboxEntry find(String id) {
		ConcurrentMap<String, OutboxEntry> known = this.messages;
		return (known != null) ? known.get(id) : null;
	}

}
