package io.github.resilientws.internal.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

	private final LowerBound bound = new LowerBound();

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
		this.bound.mark(result.transactionId(), seen);
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
		TableSnapshot snapshot = readTable(limit, own);
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
		this.bound.advance(snapshot, last);
		this.ownRowsKnown |= !cut;
		this.caughtUp |= !cut;
		this.cut = cut;
		return merge(found, last);
	}

	private TableSnapshot readTable(int limit, boolean own) {
		try {
			TableSnapshot snapshot = this.table.read(this.bound.position(), limit, own);
			while (this.bound.lower(snapshot)) {
				snapshot = this.table.read(this.bound.position(), limit, own);
			}
			return snapshot;
		}
		catch (RuntimeException ex) {
			reset();
			throw ex;
		}
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
		this.bound.reset();
		this.top = 0;
		this.ownRowsKnown = false;
	}

	/**
	 * The position after which a read begins. An invisible row at or below a position
	 * that was seen belongs to a transaction that is older than the next write. So when
	 * the older transactions have ended, reads begin after that position. A transaction
	 * that runs for long is set aside instead, because each read would pass all rows that
	 * were deleted meanwhile; when it has ended, its rows are read first.
	 */
	private static final class LowerBound {

		private static final int MOST_MARKS = 64;

		/** How many positions a read passes before transactions are set aside. */
		private static final int MOST_PASSED = 1000;

		private final Deque<Mark> marks = new ArrayDeque<>();

		/** The positions after which transactions that were set aside may have rows. */
		private final Map<Long, Long> setAside = new HashMap<>();

		/**
		 * All rows up to this position are known, will never be visible, or belong to a
		 * transaction that was set aside.
		 */
		private long position;

		long position() {
			return this.position;
		}

		void reset() {
			this.position = 0;
			this.marks.clear();
			this.setAside.clear();
		}

		void mark(long transactionId, long seen) {
			if (transactionId == 0 || seen == 0) {
				return;
			}
			if (this.marks.size() >= MOST_MARKS) {
				this.marks.removeLast();
			}
			this.marks.add(new Mark(transactionId, seen));
		}

		/**
		 * Go back to the rows of transactions that were set aside and have ended.
		 * @param snapshot a result of a read from the current position
		 * @return whether the result lacks such rows, so that it is to be read again
		 */
		boolean lower(TableSnapshot snapshot) {
			long last = this.position;
			for (Iterator<Map.Entry<Long, Long>> it = this.setAside.entrySet().iterator(); it.hasNext();) {
				Map.Entry<Long, Long> entry = it.next();
				if (!snapshot.running().contains(entry.getKey())) {
					this.position = Math.min(this.position, entry.getValue());
					it.remove();
				}
			}
			if (this.position == last) {
				return false;
			}
			this.marks.addFirst(new Mark(0, last));
			return true;
		}

		/**
		 * Raise the position.
		 * @param snapshot the result of a read from the current position
		 * @param last the last position that the result could have
		 */
		void advance(TableSnapshot snapshot, long last) {
			raise(snapshot, last);
			Mark mark = this.marks.peek();
			if (mark != null && this.marks.getLast().position() - this.position > MOST_PASSED) {
				for (long transactionId : snapshot.running()) {
					if (transactionId < mark.transactionId()) {
						this.setAside.putIfAbsent(transactionId, this.position);
					}
				}
				raise(snapshot, last);
			}
		}

		private void raise(TableSnapshot snapshot, long last) {
			long horizon = snapshot.running()
				.stream()
				.filter((transactionId) -> !this.setAside.containsKey(transactionId))
				.mapToLong(Long::longValue)
				.min()
				.orElse(snapshot.next());
			Mark mark = this.marks.peek();
			while (mark != null && mark.transactionId() < horizon) {
				this.position = Math.max(this.position, Math.min(mark.position(), last));
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

}
