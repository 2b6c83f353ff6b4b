package io.github.resilientws.store.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.jdbc.EndedTable;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.MessageProgress;
import io.github.resilientws.store.OutboxRecord;

/**
 * Reads messages that were not delivered.
 */
final class EndedMessages {

	private EndedMessages() {
	}

	/**
	 * Find out what became of messages of this store, and delete the failures found.
	 * @param tables the tables
	 * @param ids ids of the messages
	 * @return their progress
	 */
	static MessageProgress find(LineTables tables, Set<String> ids) {
		Set<String> unfinished = new HashSet<>();
		Map<String, MessageFailure> failed = new HashMap<>();
		for (EndedTable.Progress row : tables.ended().find(ids)) {
			if (row.reason() == null) {
				unfinished.add(row.messageId());
			}
			else {
				failed.put(row.messageId(), failure(row.reason(), row.detail(), row.attempts()));
			}
		}
		// an earlier message may have had the same id
		failed.keySet().removeAll(unfinished);
		List<String> read = new ArrayList<>();
		failed.forEach((id, failure) -> {
			if (failure.deadLetter() == null) {
				read.add(id);
			}
		});
		tables.ended().deleteFailures(read);
		return new MessageProgress(unfinished, failed);
	}

	private static MessageFailure failure(String name, @Nullable String detail, int attempts) {
		Reason reason = constant(Reason.values(), name);
		String text = (detail != null) ? detail : "";
		return (reason != null) ? new MessageFailure(reason, null, text, attempts)
				: new MessageFailure(Reason.UNDELIVERABLE, cause(name), text, attempts);
	}

	/**
	 * Read dead letters.
	 * @param tables the tables
	 * @param most how many at most
	 * @return the dead letters, the oldest first
	 */
	static List<OutboxRecord> deadLetters(LineTables tables, int most) {
		return tables.ended().deadLetters(most).stream().map((dead) -> toRecord(tables, dead)).toList();
	}

	private static OutboxRecord toRecord(LineTables tables, EndedTable.Dead dead) {
		Instant since = Instant.ofEpochMilli(tables.toLocalTime(dead.since()));
		return new OutboxRecord(dead.messageId(), null, dead.isText(), dead.payload(),
				tables.toLocalTime(dead.accepted()), 0, dead.attempts(),
				new OutboxRecord.Death(cause(dead.cause()), since));
	}

	private static DeadLetter.Cause cause(String name) {
		DeadLetter.Cause cause = constant(DeadLetter.Cause.values(), name);
		return (cause != null) ? cause : DeadLetter.Cause.UNKNOWN;
	}

	private static <T extends Enum<T>> @Nullable T constant(T[] values, String name) {
		for (T value : values) {
			if (value.name().equals(name)) {
				return value;
			}
		}
		return null;
	}

}
