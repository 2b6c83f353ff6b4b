package io.github.resilientws.store.mvstore;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStore.TxCounter;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;

/**
 * Records in a file of h2-mvstore; no other class changes such a file. A failure closes
 * the file without another write. Used by one thread.
 */
final class RecordFile {

	private static final String NAME = "records";

	private static final int COMPACT_EACH = 64;

	private static final long COMPACT_ABOVE = 4 * 1024 * 1024;

	private static final int COMPACT_BYTES = 1024 * 1024;

	private final RarelyTruncatedFileStore file;

	private final MVStore store;

	private final MVMap<Long, StoredRecord> records;

	private TxCounter kept;

	private long commits;

	private RecordFile(RarelyTruncatedFileStore file, MVStore store, MVMap<Long, StoredRecord> records) {
		this.file = file;
		this.store = store;
		this.records = records;
		this.kept = store.registerVersionUsage();
	}

	static RecordFile open(Path path) {
		RarelyTruncatedFileStore file = new RarelyTruncatedFileStore(Map.of("cacheSize", 1, "cacheConcurrency", 1));
		MVStore store = null;
		try {
			file.open(path.toAbsolutePath().toString(), false, null);
			boolean fresh = file.size() == 0;
			store = new MVStore.Builder().autoCommitDisabled().adoptFileStore(file).open();
			// protectLastCommit() decides which pages commits may overwrite
			store.setRetentionTime(0);
			if (!fresh && store.getCurrentVersion() > 1 && !store.getMapNames().equals(Set.of(NAME))) {
				throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "The map of records is missing");
			}
			return new RecordFile(file, store,
					store.openMap(NAME, new MVMap.Builder<Long, StoredRecord>().keyType(LongDataType.INSTANCE)
						.valueType(new StoredRecordType())));
		}
		catch (RuntimeException | Error ex) {
			close(file, store);
			throw ex;
		}
	}

	MVMap<Long, StoredRecord> records() {
		return this.records;
	}

	/**
	 * Return the last commit.
	 * @return its number
	 */
	long version() {
		return this.store.getCurrentVersion();
	}

	long count() {
		return this.records.sizeAsLong();
	}

	@Nullable StoredRecord put(long position, byte[] content) {
		return this.records.put(position, new StoredRecord(position, version() + 1, content));
	}

	@Nullable StoredRecord remove(long position) {
		return this.records.remove(position);
	}

	/**
	 * Hand all changes to the operating system.
	 * @return whether the file has changed
	 */
	boolean commit() {
		if (++this.commits % COMPACT_EACH == 0 && this.file.size() > COMPACT_ABOVE) {
			this.store.compact(50, COMPACT_BYTES);
		}
		return this.store.commit() >= 0;
	}

	/** Hand all commits to the disk. */
	void force() {
		this.store.sync();
		protectLastCommit();
	}

	/**
	 * Protect the pages of the last commit from being overwritten, and no longer those of
	 * earlier ones. The retention time of h2-mvstore counts the age of a page, not the
	 * time since it became unused, so no retention time would protect the last forced
	 * commit.
	 */
	void protectLastCommit() {
		TxCounter before = this.kept;
		this.kept = this.store.registerVersionUsage();
		this.store.deregisterVersionUsage(before);
	}

	/**
	 * Commit, force, close.
	 * @return the last commit
	 */
	long close() {
		this.store.deregisterVersionUsage(this.kept);
		this.store.close();
		return version();
	}

	void abandon() {
		close(this.file, this.store);
	}

	private static void close(RarelyTruncatedFileStore file, @Nullable MVStore store) {
		try {
			if (store != null) {
				store.closeImmediately();
			}
			file.close();
		}
		catch (RuntimeException | Error ex) {
			// the earlier failure is reported
		}
	}

}
