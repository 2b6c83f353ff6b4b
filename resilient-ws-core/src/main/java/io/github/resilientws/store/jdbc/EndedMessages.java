package io.github.resilientws.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.jdbc.EndedTable;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.MessageProgress;
import io.github.resilientws.store.OutboxRecord;

/**
 * Writes and reads messages that were not delivered. Used by cycles only.
 */
final class EndedMessages {

	private static final Log logger = LogFactory.getLog(JdbcOutboxStore.class);

	private static final int MOST_REPORTED = 1000;

	private static final long UPKEEP_NANOS = Duration.ofHours(1).toNanos();

	private static final Duration FAILURES_KEPT = Duration.ofDays(1);

	// when the dead letters ended whose senders know it: a later message may have the
	// same
	// id
	private final Map<String, Long> reported = new LinkedHashMap<>();

	private boolean cleaned;

	private long cleanedAt;

	/**
	 * End messages, if the line has no newer owner.
	 * @param tables the tables
	 * @param ends ends of the same ownership
	 * @return for each of them whether it took effect, now or at an earlier attempt
	 */
	List<Boolean> end(LineTables tables, List<StoreRequests.End> ends) {
		long now = tables.now();
		List<EndedTable.End> rows = ends.stream().map((end) -> toRow(end, now)).toList();
		List<Boolean> found = tables.ended().end(ends.get(0).fence(), rows);
		Set<String> remaining = found.contains(false) ? remaining(tables, ends) : Set.of();
		List<Boolean> ended = new ArrayList<>(ends.size());
		for (int i = 0; i < ends.size(); i++) {
			boolean done = found.get(i);
			if (done && rows.get(i).deadLetter()) {
				report(rows.get(i).key().messageId(), rows.get(i).since());
			}
			ended.add(done || (ends.get(i).perhapsDone() && !remaining.contains(ends.get(i).key().messageId())));
		}
		return ended;
	}

	private static EndedTable.End toRow(StoreRequests.End end, long since) {
		MessageFailure failure = end.failure();
		String reason = (failure.deadLetter() != null) ? failure.deadLetter().name() : failure.reason().name();
		// PostgreSQL has no such character
		String detail = failure.detail().replace('\0', ' ');
		return new EndedTable.End(end.key(), failure.deadLetter() != null, reason, detail, failure.attempts(), since);
	}

	private static Set<String> remaining(LineTables tables, List<StoreRequests.End> ends) {
		Set<String> ids = new HashSet<>();
		ends.stream().filter(StoreRequests.End::perhapsDone).forEach((end) -> ids.add(end.key().messageId()));
		Set<String> unfinished = new HashSet<>();
		for (EndedTable.Progress row : tables.ended().find(ids)) {
			if (row.reason() == null) {
				unfinished.add(row.messageId());
			}
		}
		return unfinished;
	}

	private void report(String id, long since) {
		this.reported.remove(id);
		this.reported.put(id, since);
		if (this.reported.size() > MOST_REPORTED) {
			this.reported.remove(this.reported.keySet().iterator().next());
		}
	}

	/**
	 * Find out what became of messages of this store, and delete the failures found.
	 * @param tables the tables
	 * @param ids ids of the messages
	 * @return their progress
	 */
	MessageProgress find(LineTables tables, Set<String> ids) {
		Set<String> unfinished = new HashSet<>();
		Map<String, EndedTable.Progress> ended = new HashMap<>();
		for (EndedTable.Progress row : tables.ended().find(ids)) {
			if (row.reason() == null) {
				unfinished.add(row.messageId());
			}
			else if (!Objects.equals(this.reported.get(row.messageId()), row.since())) {
				ended.put(row.messageId(), row);
			}
		}
		// an earlier message may have had the same id
		ended.keySet().removeAll(unfinished);
		Map<String, MessageFailure> failed = new HashMap<>();
		List<String> read = new ArrayList<>();
		ended.forEach((id, row) -> {
			MessageFailure failure = failure(String.valueOf(row.reason()), row.detail(), row.attempts());
			failed.put(id, failure);
			if (failure.deadLetter() == null) {
				read.add(id);
			}
			else {
				report(id, row.since());
			}
		});
		delete(tables, read);
		return new MessageProgress(unfinished, failed);
	}

	// a failure that is perhaps deleted must be reported now: the next search would not
	// find it
	private static void delete(LineTables tables, List<String> read) {
		try {
			tables.ended().deleteFailures(read);
		}
		catch (RuntimeException ex) {
			logger.debug("Failures that were read are perhaps not deleted", ex);
		}
	}

	/**
	 * Delete failures that their senders have not read for a day, from time to time.
	 * @param tables the tables
	 */
	void clean(LineTables tables) {
		long now = System.nanoTime();
		if (!this.cleaned || now - this.cleanedAt >= UPKEEP_NANOS) {
			this.cleaned = true;
			this.cleanedAt = now;
			tables.ended().deleteFailures(tables.now() - FAILURES_KEPT.toMillis());
		}
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
