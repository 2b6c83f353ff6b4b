package io.github.resilientws.store.mvstore;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.StoreSettings.Sync;
import io.github.resilientws.store.OutboxRecord;

/**
 * Changes on their way into a file, and what the file needs when one of them failed: a
 * commit that failed may be in the file nevertheless, and one that was not forced may
 * not. Used by one thread.
 */
final class Changes {

	private static final int MOST_UNFORCED = 512;

	private static final long MOST_UNFORCED_BYTES = 4 * 1024 * 1024;

	private final OutboxFile file;

	private final Sync sync;

	/** What positions hold that were changed since the last force. */
	private final Map<Long, byte @Nullable []> unforced = new HashMap<>();

	/** What positions must hold when the file is open again. */
	private final Map<Long, byte @Nullable []> owed = new HashMap<>();

	private int unforcedCommits;

	private long unforcedBytes;

	Changes(OutboxFile file, Sync sync) {
		this.file = file;
		this.sync = sync;
	}

	/**
	 * Commit what was asked for, all of it or nothing.
	 * @param requests appends and removals
	 * @throws IOException if it failed: then the file is closed, what was removed is
	 * owed, and what was appended will not be there
	 */
	void commit(List<StoreRequest> requests) throws IOException {
		Map<Long, byte @Nullable []> before = new HashMap<>();
		try {
			RecordFile records = this.file.records();
			for (StoreRequest request : requests) {
				apply(records, request, before);
			}
			boolean changed = this.file.commit(this.sync == Sync.ALWAYS);
			if (changed && this.sync == Sync.NEVER) {
				records.settle();
			}
			if (changed && this.sync == Sync.INTERVAL) {
				this.unforcedCommits++;
				requests.forEach(this::addUnforced);
			}
		}
		catch (Throwable ex) {
			abandon();
			this.owed.putAll(before);
			requests.forEach(this::oweRemoval);
			throw FileFailure.toIOException(this.file.path(), "written", ex);
		}
	}

	boolean isUnforced() {
		return this.unforcedCommits > 0;
	}

	/**
	 * Return whether so much is not forced that waiting longer would cost memory.
	 * @return whether it is
	 */
	boolean isForceDue() {
		return this.unforcedCommits >= MOST_UNFORCED || this.unforcedBytes >= MOST_UNFORCED_BYTES;
	}

	/**
	 * Force what was committed.
	 * @throws IOException if it failed: then the file is closed, and all that was not
	 * forced is owed, as nobody knows what of it the disk has; forcing again would not
	 * tell
	 */
	void force() throws IOException {
		try {
			this.file.records().force();
			clearUnforced();
		}
		catch (Throwable ex) {
			abandon();
			throw FileFailure.toIOException(this.file.path(), "forced to the disk", ex);
		}
	}

	/**
	 * Remember what is asked for while the file is closed.
	 * @param request what is asked for; appends are not remembered
	 */
	void oweRemoval(StoreRequest request) {
		if (request instanceof StoreRequest.Remove remove) {
			for (long position : remove.positions()) {
				this.owed.put(position, null);
			}
		}
	}

	boolean isOwed() {
		return !this.owed.isEmpty();
	}

	/**
	 * Open the file again, and give it what is owed.
	 * @throws IOException if that failed: the file stays closed
	 */
	void reopen() throws IOException {
		try {
			this.file.open();
			RecordFile records = this.file.records();
			this.owed.forEach((position, content) -> {
				if (content != null) {
					records.put(position, content);
				}
				else {
					records.remove(position);
				}
			});
			this.file.commit(this.sync != Sync.NEVER);
			this.owed.clear();
		}
		catch (Throwable ex) {
			this.file.abandon();
			throw FileFailure.toIOException(this.file.path(), "written", ex);
		}
	}

	private void apply(RecordFile records, StoreRequest request, Map<Long, byte @Nullable []> before) {
		if (request instanceof StoreRequest.Append append) {
			for (OutboxRecord one : append.records()) {
				StoredRecord replaced = records.put(one.position(), one.content());
				if (!before.containsKey(one.position())) {
					before.put(one.position(), (replaced != null) ? replaced.content() : null);
				}
			}
		}
		else if (request instanceof StoreRequest.Remove remove) {
			for (long position : remove.positions()) {
				records.remove(position);
			}
		}
	}

	private void addUnforced(StoreRequest request) {
		if (request instanceof StoreRequest.Append append) {
			for (OutboxRecord one : append.records()) {
				this.unforced.put(one.position(), one.content());
				this.unforcedBytes += one.content().length;
			}
		}
		else if (request instanceof StoreRequest.Remove remove) {
			for (long position : remove.positions()) {
				this.unforced.put(position, null);
			}
		}
	}

	private void abandon() {
		this.file.abandon();
		this.owed.putAll(this.unforced);
		clearUnforced();
	}

	private void clearUnforced() {
		this.unforced.clear();
		this.unforcedCommits = 0;
		this.unforcedBytes = 0;
	}

}
