package io.github.resilientws.internal.outbox;

import java.util.HashMap;
import java.util.Map;
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

	private final MessageIdIndex givenIds;

	private final Supplier<Stream<OutboxEntry>> unfinished;

	// by generated id; filled by the first search, because most servers answer in order
	private @Nullable Map<String, OutboxEntry> byUniqueId;

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
		return this.byUniqueId.get(id);
	}

	void add(OutboxEntry entry) {
		if (this.byUniqueId != null && entry.uniqueId() != null) {
			this.byUniqueId.put(entry.uniqueId().toString(), entry);
		}
	}

	void remove(OutboxEntry entry) {
		if (this.byUniqueId != null && entry.uniqueId() != null) {
			this.byUniqueId.remove(entry.uniqueId().toString());
		}
	}

}
