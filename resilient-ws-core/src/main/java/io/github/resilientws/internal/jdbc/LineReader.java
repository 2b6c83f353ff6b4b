package io.github.resilientws.internal.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import org.springframework.dao.DataAccessException;
import org.springframework.util.Assert;

/**
 * Reads the rows of a line in the order in which they are sent: each row once, in the
 * read that sees it first, by position within a read. So a message whose transaction was
 * committed before another one was inserted comes first, and a row that becomes visible
 * below rows that were already read is not lost. The owner of the line has one reader,
 * and one thread uses it.
 */
public final class LineReader {

	private static final int MOST_DELETES = 1024;

	private static final int MOST_MARKS = 64;

	private final MessageTable table;

	private final String origin;

	/** Rows of this instance that were read or inserted, and are perhaps in the table. */
	private final Set<RowKey> knownOwn = new HashSet<>();

	/** Other rows that were read, and are perhaps in the table. */
	private final Set<RowKey> known = new HashSet<>();

	/** Rows that were inserted, and that no read has returned yet. */
	private final NavigableMap<Long, MessageRow> inserted = new TreeMap<>();

	private final Set<RowKey> removed = new LinkedHashSet<>();

	/** Ids whose insert failed, so that only the table knows whether it was committed. */
	private final Set<String> undecided = new HashSet<>();

	private final Deque<Mark> marks = new ArrayDeque<>();

	/** All rows up to this position are known, or will never be visible. */
	private long low;

	/** The highest position that was seen. */
	private long top;

	/** Whether all own rows are known, so that reads leave them out. */
	private boolean ownRowsKnown;

	private boolean caughtUp;

	private boolean cut;

	/**
	 * Create a reader that knows no row.
	 * @param table the table
	 * @param origin the id of this instance
	 */
	public LineReader(MessageTable table, String origin) {
		this.table = table;
		this.origin = origin;
	}

	/**
	 * Insert rows of this instance, and delete rows that were removed. Read afterwards:
	 * the inserted rows are merged into what the next read finds.
	 * @param rows the rows to insert
	 * @return the inserted rows with their positions, without those whose id was already
	 * in the table
	 * @throws DataAccessException if the database fails; the ids are undecided then
	 */
	public List<MessageRow> write(List<MessageRow> rows) {
		List<RowKey> deleted = this.removed.stream().limit(MOST_DELETES).toList();
		long seen = this.top;
		WriteResult result;
		try {
			result = this.table.write(rows, deleted);
		}
		catch (RuntimeException ex) {
			rows.forEach((row) -> this.undecided.add(row.messageId()));
			reset();
			throw ex;
		}
		deleted.forEach(this::forget);
		mark(result.transactionId(), seen);
		return keep(rows, result);
	}

	/**
	 * Forget a row that is no longer in the table. Call it after the commit of its
	 * deletion, and before the next read.
	 * @param key the row
	 */
	public void forget(RowKey key) {
		this.removed.remove(key);
		this.known.remove(key);
		this.knownOwn.remove(key);
	}

	private List<MessageRow> keep(List<MessageRow> rows, WriteResult result) {
		List<MessageRow> stored = new ArrayList<>(rows.size());
		Set<String> ids = new HashSet<>();
		for (MessageRow row : rows) {
			Long position = result.positions().get(row.messageId());
			if (position != null && ids.add(row.messageId())) {
				MessageRow one = row.withPosition(position);
				stored.add(one);
				this.inserted.put(position, one);
				this.knownOwn.add(one.key());
				this.top = Math.max(this.top, position);
			}
		}
		return stored;
	}

	/**
	 * Read rows that no earlier read returned.
	 * @param page how many of them at most, without those that {@link #write} inserted
	 * @return the rows, in the order in which they are sent
	 * @throws DataAccessException if the database fails
	 */
	public List<MessageRow> read(int page) {
		Assert.isTrue(page > 0, "A page must have at least one row");
		boolean own = !this.ownRowsKnown || !this.undecided.isEmpty();
		// known rows may fill the result: the rest is a page
		int limit = this.known.size() + page + ((own) ? this.knownOwn.size() : 0);
		TableSnapshot snapshot;
		try {
			snapshot = this.table.read(this.low, limit, own);
		}
		catch (RuntimeException ex) {
			reset();
			throw ex;
		}
		List<MessageRow> rows = snapshot.rows();
		boolean cut = rows.size() >= limit;
		long last = (cut) ? rows.get(rows.size() - 1).position() : Long.MAX_VALUE;
		List<MessageRow> found = new ArrayList<>();
		for (MessageRow row : rows) {
			this.top = Math.max(this.top, row.position());
			if (learn(row)) {
				found.add(row);
			}
		}
		advance(snapshot.horizon(), last);
		this.ownRowsKnown |= !cut;
		this.caughtUp |= !cut;
		this.cut = cut;
		return merge(found, last);
	}

	private boolean learn(MessageRow row) {
		this.undecided.remove(row.messageId());
		return (row.origin().equals(this.origin) ? this.knownOwn : this.known).add(row.key());
	}

	// rows above the last one of a result that was cut may have unread rows before them
	private List<MessageRow> merge(List<MessageRow> found, long last) {
		Collection<MessageRow> own = this.inserted.headMap(last, true).values();
		if (!own.isEmpty()) {
			found.addAll(own);
			own.clear();
			found.sort(Comparator.comparingLong(MessageRow::position));
		}
		return found;
	}

	/**
	 * Delete a row with one of the next writes.
	 * @param key the row
	 */
	public void remove(RowKey key) {
		this.removed.add(key);
	}

	/**
	 * Return whether a read has reached the end of the table.
	 * @return {@code true} after the first read whose result was not cut by its limit
	 */
	public boolean hasCaughtUp() {
		return this.caughtUp;
	}

	/**
	 * Return whether the last read left rows to the next one.
	 * @return whether its result was cut by its limit
	 */
	public boolean wasCut() {
		return this.cut;
	}

	/**
	 * Return how many rows are in memory until a read returns them.
	 * @return number of inserted rows
	 */
	public int insertedRows() {
		return this.inserted.size();
	}

	/** Leave inserted rows to later reads of the table, to free their memory. */
	public void releaseInserted() {
		this.inserted.values().forEach((row) -> this.knownOwn.remove(row.key()));
		this.inserted.clear();
		reset();
	}

	/**
	 * Return whether a write is needed to delete rows.
	 * @return whether there are removed rows that are perhaps in the table
	 */
	public boolean hasRemoved() {
		return !this.removed.isEmpty();
	}

	/**
	 * Stop to look for messages whose insert failed: it is known to have no effect.
	 * @param messageIds the ids of the messages
	 */
	public void discard(Collection<String> messageIds) {
		this.undecided.removeAll(messageIds);
	}

	/**
	 * Read from the beginning again. Call it when a connection failed: the database may
	 * have failed over, and an insert may have been committed without an answer. Rows
	 * that are known are not returned again.
	 */
	public void reset() {
		this.low = 0;
		this.top = 0;
		this.marks.clear();
		this.ownRowsKnown = false;
	}

	// a row at or below a seen position that is still invisible has an older transaction
	private void mark(long transactionId, long seen) {
		if (transactionId == 0 || seen == 0) {
			return;
		}
		if (this.marks.size() == MOST_MARKS) {
			this.marks.removeLast();
		}
		this.marks.add(new Mark(transactionId, seen));
	}

	private void advance(long horizon, long last) {
		Mark mark = this.marks.peek();
		while (mark != null && mark.transactionId() < horizon) {
			this.low = Math.max(this.low, Math.min(mark.position(), last));
			if (mark.position() > last) {
				return;
			}
			this.marks.remove();
			mark = this.marks.peek();
		}
	}

	/**
	 * A position that was seen before a transaction began.
	 *
	 * @param transactionId the id of the transaction
	 * @param position the position
	 */
	private record Mark(long transactionId, long position) {

	}

}
