package io.github.resilientws.store.mvstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.Page;
import org.jspecify.annotations.Nullable;

/**
 * Reads all records of a file page by page, and checks the place of each. A page that
 * cannot be read becomes a gap, not an exception.
 */
final class RecordTree {

	private final Map<Long, StoredRecord> records = new TreeMap<>();

	private final List<Gap> gaps = new ArrayList<>();

	private @Nullable Throwable damage;

	private RecordTree() {
	}

	/**
	 * Read all records.
	 * @param map the map of the file
	 * @param mark the expected content of the file, or {@code null} if it is unknown
	 * @return the records and gaps
	 */
	static RecordTree read(MVMap<Long, StoredRecord> map, @Nullable LastCommit mark) {
		RecordTree tree = new RecordTree();
		Gap all = new Gap(Long.MIN_VALUE, Long.MAX_VALUE);
		long count = map.sizeAsLong();
		tree.visit(map.getRootPage(), all);
		if (tree.damage == null
				&& (count != tree.records.size() || (mark != null && mark.count() != tree.records.size()))) {
			tree.miss(all, new IllegalStateException("Wrong number of records"));
		}
		return tree;
	}

	Map<Long, StoredRecord> records() {
		return this.records;
	}

	@Nullable Throwable damage() {
		return this.damage;
	}

	/**
	 * Return whether a record may have been in a page that could not be read.
	 * @param stored the record
	 * @return whether it may
	 */
	boolean misses(StoredRecord stored) {
		return !this.records.containsKey(stored.position())
				&& this.gaps.stream().anyMatch((gap) -> gap.contains(stored.position()));
	}

	private void visit(Page<Long, StoredRecord> page, Gap bounds) {
		if (page.isLeaf()) {
			readLeaf(page, bounds);
			return;
		}
		long low = bounds.low();
		for (int i = 0; i < page.getRawChildPageCount(); i++) {
			long high = (i < page.getKeyCount()) ? page.getKey(i) : bounds.high();
			Gap child = new Gap(low, high);
			if (low > high || low < bounds.low() || high > bounds.high()) {
				miss(bounds, new IllegalStateException("Keys out of order"));
				return;
			}
			try {
				visit(page.getChildPage(i), child);
			}
			catch (RuntimeException | AssertionError ex) {
				if (!FileFailure.isDamage(ex)) {
					throw ex;
				}
				miss(child, ex);
			}
			low = high;
		}
	}

	private void readLeaf(Page<Long, StoredRecord> page, Gap bounds) {
		for (int i = 0; i < page.getKeyCount(); i++) {
			StoredRecord stored = page.getValue(i);
			if (stored.position() != page.getKey(i) || !bounds.contains(stored.position())
					|| this.records.put(stored.position(), stored) != null) {
				throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "Record in the wrong place");
			}
		}
	}

	private void miss(Gap gap, Throwable ex) {
		this.gaps.add(gap);
		this.damage = ex;
	}

	/**
	 * Positions whose records are unknown.
	 *
	 * @param low the first
	 * @param high the position after the last
	 */
	private record Gap(long low, long high) {

		boolean contains(long position) {
			return position >= this.low && position < this.high;
		}

	}

}
