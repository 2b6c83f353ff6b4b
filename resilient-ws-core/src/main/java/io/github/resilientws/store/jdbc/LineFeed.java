package io.github.resilientws.store.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.jdbc.LineReader;
import io.github.resilientws.internal.jdbc.MessageRow;
import io.github.resilientws.internal.jdbc.RowKey;
import io.github.resilientws.store.OutboxFeed;

/**
 * Reads the messages of a line while its store owns the line. Cycles of the store use it,
 * except where a method says so.
 */
final class LineFeed implements OutboxFeed {

	private static final Log logger = LogFactory.getLog(JdbcOutboxStore.class);

	/** How many rows one look reads at most, and how many payloads are kept. */
	private static final int MOST_ROWS = 1024;

	private final String client;

	private final LineTables tables;

	private final Ownership ownership;

	private final Sink sink;

	private final Runnable signal;

	private final long openedAt = System.nanoTime();

	private final AtomicLong demand = new AtomicLong();

	/** Rows that were read, and whose payload is perhaps not known yet. */
	private final List<Found> found = new ArrayList<>();

	/** Rows that this store has inserted before the reader had caught up. */
	private final Set<RowKey> fresh = new HashSet<>();

	/** Payloads of committed transactions whose rows were not read yet. */
	private final Map<RowKey, byte[]> payloads = new HashMap<>();

	/** Rows of transactions that were read before this store knew of the commit. */
	private final Set<RowKey> readEarly = new LinkedHashSet<>();

	private @Nullable LineReader reader;

	private volatile int unread;

	private volatile boolean closed;

	/**
	 * Create a feed without demand.
	 * @param client name of the client
	 * @param tables the tables of the line
	 * @param ownership the ownership of the line
	 * @param sink receives the messages
	 * @param signal asks for a look
	 */
	LineFeed(String client, LineTables tables, Ownership ownership, Sink sink, Runnable signal) {
		this.client = client;
		this.tables = tables;
		this.ownership = ownership;
		this.sink = sink;
		this.signal = signal;
	}

	@Override
	public void request(int count) {
		this.demand.addAndGet(count);
		this.signal.run();
	}

	@Override
	public void close() {
		this.closed = true;
		this.signal.run();
	}

	/**
	 * Return whether the feed is closed. May be called by any thread.
	 * @return whether it is closed
	 */
	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Return how many rows have a format that is unknown. May be called by any thread.
	 * @return number of rows
	 */
	int unread() {
		return this.unread;
	}

	/**
	 * Return whether messages that are not in the table now were never in it.
	 * @param messageIds their ids
	 * @param since a time before they were perhaps inserted, as {@link System#nanoTime()}
	 * @return {@code false} if they may have been delivered, here or by another owner
	 */
	boolean hasMissedNone(Collection<String> messageIds, long since) {
		return this.openedAt - since <= 0 && this.ownership.isHeld()
				&& this.readEarly.stream().noneMatch((key) -> messageIds.contains(key.messageId()));
	}

	boolean hasDemand() {
		return this.demand.get() > 0;
	}

	/**
	 * Insert rows, and delete others.
	 * @param rows the rows to insert
	 * @param deleted the rows to delete
	 * @return the positions of the inserted rows, by message id
	 */
	Map<String, Long> write(List<MessageRow> rows, List<RowKey> deleted) {
		LineReader current = reader();
		deleted.forEach(current::remove);
		Map<String, Long> positions = new HashMap<>();
		for (MessageRow row : current.write(rows)) {
			positions.put(row.messageId(), row.position());
			if (!current.hasCaughtUp()) {
				this.fresh.add(row.key());
			}
		}
		releaseMemory(current);
		return positions;
	}

	private LineReader reader() {
		LineReader current = this.reader;
		if (current == null) {
			current = new LineReader(this.tables.messages(), this.tables.origin());
			this.reader = current;
		}
		return current;
	}

	// messages that wait for demand are in the table anyway
	private static void releaseMemory(LineReader current) {
		if (current.insertedRows() > MOST_ROWS) {
			current.releaseInserted();
		}
	}

	/**
	 * Messages are certainly not stored.
	 * @param messageIds their ids
	 */
	void discard(List<String> messageIds) {
		reader().discard(messageIds);
	}

	/**
	 * A row was deleted by another statement than {@link #write}.
	 * @param key the row
	 */
	void forget(RowKey key) {
		reader().forget(key);
	}

	/** The connection was lost. */
	void reset() {
		if (this.reader != null) {
			this.reader.reset();
		}
	}

	/**
	 * Keep the payloads of a committed transaction until its rows are read.
	 * @param committed payloads by row
	 */
	void committed(Map<RowKey, byte[]> committed) {
		committed.forEach((key, payload) -> {
			if (!this.readEarly.remove(key) && this.payloads.size() < MOST_ROWS) {
				this.payloads.put(key, payload);
			}
		});
	}

	/**
	 * Read rows, and pass them to the sink.
	 * @return whether more rows are to be read at once
	 */
	boolean look() {
		deliver();
		int page = (int) Math.min(this.demand.get(), MOST_ROWS);
		if (page <= 0) {
			return false;
		}
		LineReader current = reader();
		boolean first = !current.hasCaughtUp();
		List<MessageRow> rows = current.read(page);
		// negative if many rows of this store came in addition
		this.demand.addAndGet(-rows.size());
		rows.forEach((row) -> this.found.add(new Found(row, first && !this.fresh.contains(row.key()))));
		if (current.hasCaughtUp()) {
			this.fresh.clear();
		}
		releaseMemory(current);
		deliver();
		return current.wasCut() && hasDemand();
	}

	private void deliver() {
		if (this.found.isEmpty()) {
			return;
		}
		Map<String, byte[]> missing = readMissing();
		List<StoredMessage> messages = new ArrayList<>(this.found.size());
		int skipped = 0;
		for (Found one : this.found) {
			MessageRow row = one.row;
			byte[] payload = payload(row, missing);
			if (row.format() > LineTables.FORMAT) {
				skipped++;
			}
			else if (payload != null) {
				boolean own = row.origin().equals(this.tables.origin()) || isTransactional(row);
				messages
					.add(new StoredMessage(row.position(), this.tables.toRecord(row, payload), own, one.perhapsSent));
			}
		}
		// what is not passed on was not what the owner requested
		this.demand.addAndGet(this.found.size() - messages.size());
		this.found.clear();
		if (skipped > 0) {
			this.unread += skipped;
			logger.warn("[" + this.client + "] store has messages in a format of a later version,"
					+ " which remain stored and are not sent: " + this.unread);
		}
		if (!messages.isEmpty() && !this.closed) {
			pass(messages);
		}
	}

	private Map<String, byte[]> readMissing() {
		List<String> ids = this.found.stream()
			.map(Found::row)
			.filter((row) -> row.payload() == null && !this.payloads.containsKey(row.key()))
			.map(MessageRow::messageId)
			.toList();
		return (ids.isEmpty()) ? Map.of() : this.tables.messages().readPayloads(ids);
	}

	private byte @Nullable [] payload(MessageRow row, Map<String, byte[]> missing) {
		byte[] kept = this.payloads.remove(row.key());
		if (kept == null && isTransactional(row)) {
			this.readEarly.add(row.key());
			if (this.readEarly.size() > MOST_ROWS) {
				this.readEarly.remove(this.readEarly.iterator().next());
			}
		}
		if (row.payload() != null) {
			return row.payload();
		}
		return (kept != null) ? kept : missing.get(row.messageId());
	}

	private boolean isTransactional(MessageRow row) {
		return row.origin().equals(this.tables.origin() + MessageRow.TRANSACTIONAL);
	}

	private void pass(List<StoredMessage> messages) {
		try {
			this.sink.accept(messages);
		}
		catch (RuntimeException ex) {
			logger.error("[" + this.client + "] a receiver of stored messages failed", ex);
		}
	}

	/**
	 * A row that was read.
	 *
	 * @param row the row
	 * @param perhapsSent whether an earlier owner may have sent it
	 */
	private record Found(MessageRow row, boolean perhapsSent) {

	}

}
