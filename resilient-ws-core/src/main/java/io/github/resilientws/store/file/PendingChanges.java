package io.github.resilientws.store.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * Commits changes to a journal, and remembers the changes that a reopened journal must
 * repeat after a failure. Used by one thread.
 */
final class PendingChanges {

	private static final long MOST_UNFORCED_BYTES = 4 * 1024 * 1024;

	private final Journal journal;

	private final Sync sync;

	/** Changes since the last force, while the policy is {@code INTERVAL}. */
	private final List<StoreRequest> unforced = new ArrayList<>();

	/** Removals that were requested while the journal could not be written. */
	private final List<StoreRequest> refused = new ArrayList<>();

	private long unforcedBytes;

	PendingChanges(Journal journal, Sync sync) {
		this.journal = journal;
		this.sync = sync;
	}

	/**
	 * Commit the requests, all or none.
	 * @param requests appends and removals
	 * @throws IOException if it failed: then the journal is closed, the removals are
	 * repeated once it is open again, and the appends are lost
	 */
	void commit(List<StoreRequest> requests) throws IOException {
		try {
			this.journal.append(requests, this.sync == Sync.ALWAYS);
			if (this.sync == Sync.INTERVAL) {
				this.unforced.addAll(requests);
				requests.forEach((request) -> this.unforcedBytes += request.size());
			}
		}
		catch (Throwable ex) {
			this.journal.abandon();
			requests.forEach(this::rememberRemoval);
			throw this.journal.failure("written", ex);
		}
	}

	/**
	 * Copy the records of a sparse segment, so that it can be deleted.
	 * @throws IOException if it failed: then the journal is closed
	 */
	void compact() throws IOException {
		List<StoredRecord> records;
		try {
			records = this.journal.sparseRecords();
		}
		catch (IOException ex) {
			// it stays; the next start repairs it
			return;
		}
		if (!records.isEmpty()) {
			commit(List.of(new StoreRequest.Append(records)));
		}
	}

	boolean isUnforced() {
		return !this.unforced.isEmpty() && this.journal.isOpen();
	}

	/**
	 * Return whether the unforced changes have reached their limit in memory.
	 * @return whether they have
	 */
	boolean isForceDue() {
		return this.unforcedBytes >= MOST_UNFORCED_BYTES;
	}

	/**
	 * Force all commits to the disk.
	 * @throws IOException if it failed: then the journal is closed, and all unforced
	 * changes are repeated once it is open again
	 */
	void force() throws IOException {
		try {
			this.journal.force();
			clearUnforced();
		}
		catch (Throwable ex) {
			this.journal.abandon();
			throw this.journal.failure("forced to the disk", ex);
		}
	}

	/**
	 * Remember the removals of a request while the journal is closed.
	 * @param request the request; appends are not remembered
	 */
	void rememberRemoval(StoreRequest request) {
		if (request instanceof StoreRequest.Remove) {
			this.refused.add(request);
		}
	}

	boolean hasRemembered() {
		return !this.refused.isEmpty() || !this.unforced.isEmpty();
	}

	/**
	 * Open the journal, or open it again and repeat the remembered changes.
	 * @throws IOException if that failed; the journal stays closed
	 */
	void open() throws IOException {
		boolean first = !this.journal.isLoaded();
		try {
			this.journal.open(this.unforced, this.refused);
			clearUnforced();
			this.refused.clear();
		}
		catch (Throwable ex) {
			this.journal.abandon();
			throw this.journal.failure((first) ? "opened" : "written", ex);
		}
	}

	/**
	 * Read all records.
	 * @return the records in order
	 * @throws IOException if they cannot be read; the journal is closed
	 */
	List<StoredRecord> read() throws IOException {
		try {
			return this.journal.read();
		}
		catch (Throwable ex) {
			this.journal.abandon();
			throw this.journal.failure("read", ex);
		}
	}

	private void clearUnforced() {
		this.unforced.clear();
		this.unforcedBytes = 0;
	}

}
