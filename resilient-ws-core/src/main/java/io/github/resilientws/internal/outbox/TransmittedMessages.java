package io.github.resilientws.internal.outbox;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.admission.MessageIdIndex;
import io.github.resilientws.internal.admission.OutboxEntry;

/**
 * Finds unfinished messages that were handed to a transport by id. Confined to the
 * client's executor.
 */
final class TransmittedMessages {

	private static final int UUID_LENGTH = 36;

	private final MessageIdIndex givenIds;

	private final Supplier<Stream<OutboxEntry>> unfinished;

	// by generated id; filled by the first search, because most servers answer in order
	private @Nullable Map<UUID, OutboxEntry> byUniqueId;

	/**
	 * Create an index.
	 * @param givenIds messages by the ids that another message may bring
	 * @param unfinished returns all messages of the log
	 */
	TransmittedMessages(MessageIdIndex givenIds, Supplier<Stream<OutboxEntry>> unfinished) {
		this.givenIds = givenIds;
		this.unfinished = unfinished;
	}

	@Nullable OutboxEntry find(String id) {
		OutboxEntry given = this.givenIds.find(id);
		if (given != null && given.sequence() != OutboxEntry.NOT_IN_LOG && given.maybeSent()) {
			return given;
		}
		if (this.byUniqueId == null) {
			this.byUniqueId = new HashMap<>();
			this.unfinished.get().filter(OutboxEntry::maybeSent).forEach(this::add);
		}
		UUID uniqueId = parse(id);
		return (uniqueId != null) ? this.byUniqueId.get(uniqueId) : null;
	}

	// null if the text is not the one that a UUID has
	private static @Nullable UUID parse(String id) {
		if (id.length() != UUID_LENGTH) {
			return null;
		}
		try {
			UUID uuid = UUID.fromString(id);
			return uuid.toString().equals(id) ? uuid : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	void add(OutboxEntry entry) {
		if (this.byUniqueId != null && entry.uniqueId() != null) {
			this.byUniqueId.put(entry.uniqueId(), entry);
		}
	}

	void remove(OutboxEntry entry) {
		if (this.byUniqueId != null && entry.uniqueId() != null) {
			this.byUniqueId.remove(entry.uniqueId());
		}
	}

}
