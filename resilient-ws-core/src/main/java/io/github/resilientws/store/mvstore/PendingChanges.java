package io.github.resilientws.store.mvstore;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.StoreSettings.Sync;

/**
 * Commits changes to a file, and remembers the changes that a reopened file must repeat
 * after a failure: a failed commit may be in the file nevertheless, and an unforced one
 * may be missing. Used by one thread.
 */
final class PendingChanges {

	private static final int MOST_UNFORCED = 512;

	private static final long MOST_UNFORCED_BYTES = 4 * 1024 * 1024;

	private final OutboxFile file;

	private final Sync sync;

	/** Content of the positions that were changed since the last force. */
	private final Map<Long, byte @Nullable []> unforced = new HashMap<>();

	/** Content that positions must have once the file is open again. */
	private final Map<Long, byte @Nullable []> remembered = new HashMap<>();

	private int unforcedCommits;

	private long unforcedBytes;

	PendingChanges(OutboxFile file, Sync sync) {
		this.file = file;
		this.sync = sync;
	}

	/**
	 * Commit the requests, all or none.
	 * @param requests appends and removals
	 * @throws IOException if it failed: then the file is closed, the removals are
	 * repeated once it is open again, and the appends are lost
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
				records.protectLastCommit();
			}
			if (changed && this.sync == Sync.INTERVAL) {
				this.unforcedCommits++;
				requests.forEach(this::addUnforced);
			}
		}
		catch (Throwable ex) {
			abandon();
			this.remembered.putAll(before);
			requests.forEach(this::rememberRemoval);
			throw FileFailure.toIOException(this.file.path(), "written", ex);
		}
	}

	boolean isUnforced() {
		return this.unforcedCommits > 0;
	}

	/**
	 * Return whether the unforced changes have reached their limit in memory.
	 * @return whether it is
	 */
	boolean isForceDue() {
		return this.unforcedCommits >= MOST_UNFORCED || this.unforcedBytes >= MOST_UNFORCED_BYTES;
	}

	/**
	 * Force all commits to the disk.
	 * @throws IOException if it failed: then the file is closed, and all unforced changes
	 * are repeated once it is open again. Which of them the disk has is unknown, and a
	 * second force would not report it
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
	 * Remember the removals of a request while the file is closed.
	 * @param request the request; appends are not remembered
	 */
	void rememberRemoval(StoreRequest request) {
		if (request instanceof StoreRequest.Remove remove) {
			for (long position : remove.positions()) {
				this.remembered.put(position, null);
			}
		}
	}

	boolean hasRemembered() {
		return !this.remembered.isEmpty();
	}

	/**
	 * Open the file again, and repeat the remembered changes.
	 * @throws IOException if that failed; the file stays closed
	 */
	void reopen() throws IOException {
		try {
			this.file.open();
			RecordFile records = this.file.records();
			this.remembered.forEach((position, content) -> {
				if (content != null) {
					records.put(position, content);
				}
				else {
					records.remove(position);
				}
			});
			this.file.commit(this.sync != Sync.NEVER);
			this.remembered.clear();
		}
		catch (Throwable ex) {
			this.file.abandon();
			throw FileFailure.toIOException(this.file.path(), "written", ex);
		}
	}

	private void apply(RecordFile records, StoreRequest request, Map<Long, byte @Nullable []> before) {
		if (request instanceof StoreRequest.Append append) {
			for (OpaqueRecord one : append.records()) {
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
			for (OpaqueRecord one : append.records()) {
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
		this.remembered.putAll(this.unforced);
		clearUnforced();
	}

	private void clearUnforced() {
		this.unforced.clear();
		this.unforcedCommits = 0;
		this.unforcedBytes = 0;
	}

}
