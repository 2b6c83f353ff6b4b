package io.github.resilientws.store.mvstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The file of a client, with its lock, the mark of the last commit, and the repair of
 * damage. Used by one thread.
 */
class OutboxFile {

	private static final Log logger = LogFactory.getLog(OutboxFile.class);

	private final String client;

	private final Path path;

	private final StoreLock lock;

	private final InstantSource clock;

	private @Nullable RecordFile file;

	private @Nullable LastCommit mark;

	private boolean renewed;

	private volatile @Nullable String damage;

	OutboxFile(String client, Path path, StoreLock lock, InstantSource clock) {
		this.client = client;
		this.path = path;
		this.lock = lock;
		this.clock = clock;
	}

	Path path() {
		return this.path;
	}

	boolean isOpen() {
		return this.file != null;
	}

	/**
	 * Describe the loss by damage.
	 * @return a sentence, or {@code null} without loss
	 */
	@Nullable String damage() {
		return this.damage;
	}

	RecordFile records() throws IOException {
		if (this.file == null) {
			throw new IOException("Store " + this.path + " is closed");
		}
		return this.file;
	}

	/**
	 * Open the file, or create it. A damaged end is left out; other damage is repaired.
	 * @throws IOException if it cannot be opened
	 */
	void open() throws IOException {
		this.mark = this.lock.readMark();
		Path next = sibling(".next");
		if (!Files.exists(this.path) && Files.exists(next)) {
			// the process ended between the two moves of a repair
			Files.move(next, this.path);
		}
		boolean missing = !Files.exists(this.path);
		if (missing && this.mark != null && this.mark.count() > 0) {
			this.damage = this.path + " is missing; it held " + this.mark.count() + " records";
			warn(this.damage);
		}
		OwnerOnlyFiles.create(this.path);
		try {
			this.file = RecordFile.open(this.path);
		}
		catch (RuntimeException | AssertionError | StackOverflowError ex) {
			if (!FileFailure.isDamage(ex)) {
				throw FileFailure.toIOException(this.path, "opened", ex);
			}
			repair(Map.of(), (stored) -> true, false);
			return;
		}
		if (missing) {
			begin(records());
			this.renewed = true;
		}
		else if (this.mark != null && this.file.version() < this.mark.version()) {
			repairEnd(records());
		}
	}

	/**
	 * Read all records, and repair the file if some cannot be read.
	 * @return the records in order
	 * @throws IOException if the file cannot be read
	 */
	List<StoredRecord> read() throws IOException {
		try {
			RecordTree tree = RecordTree.read(records().records(), expected());
			Throwable failure = tree.damage();
			if (failure == null) {
				renew(tree.records().values());
				return new ArrayList<>(tree.records().values());
			}
			abandon();
			return repair(tree.records(), tree::misses, false);
		}
		catch (RuntimeException | AssertionError | StackOverflowError ex) {
			abandon();
			if (!FileFailure.isDamage(ex)) {
				throw FileFailure.toIOException(this.path, "read", ex);
			}
			return repair(Map.of(), (stored) -> true, false);
		}
	}

	/**
	 * Make all changes survive the end of the process.
	 * @param force whether they must survive a power cut, too
	 * @return whether the file has changed
	 * @throws IOException if it cannot be written
	 */
	boolean commit(boolean force) throws IOException {
		RecordFile records = records();
		if (!records.commit()) {
			return false;
		}
		if (force) {
			records.force();
		}
		writeMark(new LastCommit(records.version(), records.count()));
		return true;
	}

	/** Close the file without writing to it. */
	void abandon() {
		if (this.file != null) {
			this.file.abandon();
			this.file = null;
		}
	}

	void close() throws IOException {
		if (this.file != null) {
			RecordFile records = this.file;
			long count = records.count();
			writeMark(new LastCommit(records.close(), count));
			this.file = null;
		}
	}

	/** Close the file if it is open, and release its lock. */
	void release() {
		abandon();
		this.lock.release();
	}

	private @Nullable LastCommit expected() throws IOException {
		LastCommit last = this.mark;
		return (last != null && last.version() == records().version()) ? last : null;
	}

	private void begin(RecordFile records) throws IOException {
		records.commit();
		records.force();
		OwnerOnlyFiles.forceName(this.path);
		writeMark(new LastCommit(records.version(), records.count()));
	}

	// h2-mvstore has no checksum over its map of free space: one wrong bit there, and it
	// would overwrite messages; so the records are copied to a new file
	private void renew(Collection<StoredRecord> all) throws IOException {
		if (this.renewed) {
			return;
		}
		Path next = sibling(".next");
		LastCommit first;
		try {
			first = write(next, all);
		}
		catch (IOException | RuntimeException ex) {
			// the disk may be full: the old file remains in use
			Files.deleteIfExists(next);
			return;
		}
		abandon();
		writeMark(first);
		this.lock.force();
		Files.move(next, this.path, StandardCopyOption.REPLACE_EXISTING);
		reopenNext();
	}

	private void reopenNext() throws IOException {
		OwnerOnlyFiles.forceName(this.path);
		this.file = RecordFile.open(this.path);
		this.renewed = true;
	}

	// into a new file: in the old one h2-mvstore would later take the damaged end for its
	// newest commit
	private void repairEnd(RecordFile records) throws IOException {
		long version = records.version();
		RecordTree tree = RecordTree.read(records.records(), null);
		abandon();
		repair(tree.records(), (stored) -> stored.version() > version || tree.misses(stored), true);
	}

	private List<StoredRecord> repair(Map<Long, StoredRecord> whole, Predicate<StoredRecord> found, boolean end)
			throws IOException {
		Map<Long, StoredRecord> kept = new TreeMap<>(whole);
		RecordScan.newest(this.path).values().stream().filter(found).forEach((one) -> kept.put(one.position(), one));
		Path next = sibling(".next");
		LastCommit first = write(next, kept.values());
		Path corrupt = sibling(".corrupt-" + this.clock.instant().toString().replace(":", ""));
		Files.move(this.path, corrupt);
		Files.move(next, this.path);
		long missing = (this.mark != null) ? Math.max(0, this.mark.count() - kept.size()) : 0;
		String text = this.path + " was damaged" + ((end) ? " at its end: " : ": ") + kept.size()
				+ " records were recovered, " + ((missing > 0) ? "at least " + missing : "perhaps some")
				+ " could not be read; the damaged file is " + corrupt.getFileName();
		if (!end || missing > 0) {
			this.damage = text;
		}
		writeMark(first);
		warn(text);
		reopenNext();
		return new ArrayList<>(kept.values());
	}

	private static LastCommit write(Path path, Collection<StoredRecord> all) throws IOException {
		Files.deleteIfExists(path);
		OwnerOnlyFiles.create(path);
		RecordFile target = RecordFile.open(path);
		try {
			all.forEach((stored) -> target.put(stored.position(), stored.content()));
			return new LastCommit(target.close(), all.size());
		}
		catch (RuntimeException | Error ex) {
			target.abandon();
			throw ex;
		}
	}

	private void writeMark(LastCommit last) throws IOException {
		this.lock.writeMark(last);
		this.mark = last;
	}

	private Path sibling(String suffix) {
		return this.path.resolveSibling(this.path.getFileName() + suffix);
	}

	private void warn(String text) {
		logger.warn("[" + this.client + "] " + text);
	}

}
