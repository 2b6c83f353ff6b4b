package io.github.resilientws.store.mvstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The file of a client with what surrounds it: the lock, the mark of the last commit, and
 * the repair of damage. Used by one thread.
 */
final class OutboxFile {

	private static final Log logger = LogFactory.getLog(OutboxFile.class);

	private final String client;

	private final Path path;

	private final StoreLock lock;

	private final InstantSource clock;

	private @Nullable RecordFile file;

	private @Nullable CommitMark mark;

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
	 * Return what was lost to damage.
	 * @return a sentence, or {@code null} if nothing was
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
	 * Open the file, or make it. A damaged end is left out, other damage repaired.
	 * @throws IOException if it cannot be opened
	 */
	void open() throws IOException {
		this.mark = this.lock.readMark();
		Path repaired = sibling(".repaired");
		if (!Files.exists(this.path) && Files.exists(repaired)) {
			// the process ended between the two moves of a repair
			Files.move(repaired, this.path);
		}
		boolean missing = !Files.exists(this.path);
		if (missing && this.mark != null && this.mark.count() > 0) {
			warn(this.path + " is missing; with it were " + this.mark.count() + " messages");
		}
		Files600.create(this.path);
		try {
			this.file = RecordFile.open(this.path);
		}
		catch (RuntimeException | AssertionError | StackOverflowError ex) {
			if (!FileFailure.isDamage(ex)) {
				throw FileFailure.toIOException(this.path, "opened", ex);
			}
			repair(Map.of(), (position) -> true);
			return;
		}
		if (missing) {
			begin(records());
		}
		else if (this.mark != null && this.file.version() < this.mark.version()) {
			recoverEnd(records(), this.mark);
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
				return new ArrayList<>(tree.records().values());
			}
			abandon();
			return repair(tree.records(), tree.gaps());
		}
		catch (RuntimeException | AssertionError | StackOverflowError ex) {
			abandon();
			if (!FileFailure.isDamage(ex)) {
				throw FileFailure.toIOException(this.path, "read", ex);
			}
			return repair(Map.of(), (position) -> true);
		}
	}

	/**
	 * Make what was changed survive the process.
	 * @param force whether it shall survive a power cut, too
	 * @return whether anything was changed
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
		writeMark(new CommitMark(records.version(), records.count()));
		return true;
	}

	/** Leave the file as it is. */
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
			writeMark(new CommitMark(records.close(), count));
			this.file = null;
		}
	}

	private @Nullable CommitMark expected() throws IOException {
		CommitMark last = this.mark;
		return (last != null && last.version() == records().version()) ? last : null;
	}

	private void begin(RecordFile records) throws IOException {
		records.commit();
		records.force();
		Files600.force(this.path.toAbsolutePath().getParent());
		writeMark(new CommitMark(records.version(), records.count()));
	}

	private void recoverEnd(RecordFile records, CommitMark last) throws IOException {
		long version = records.version();
		long count = records.count();
		int found = 0;
		for (StoredRecord stored : RecordScan.newest(this.path).values()) {
			if (stored.version() > version) {
				records.put(stored.position(), stored.content());
				found++;
			}
		}
		records.commit();
		records.force();
		writeMark(new CommitMark(records.version(), records.count()));
		warn("the end of " + this.path + " is damaged or was never written: its last " + (last.version() - version)
				+ " commits are lost, " + found + " of their messages were recovered; it held " + last.count()
				+ " messages, and holds " + records.count() + " now");
	}

	private List<StoredRecord> repair(Map<Long, StoredRecord> whole, LongPredicate gaps) throws IOException {
		Map<Long, StoredRecord> kept = new TreeMap<>(RecordScan.newest(this.path));
		kept.keySet().removeIf((position) -> !gaps.test(position));
		kept.putAll(whole);
		Path repaired = sibling(".repaired");
		Files.deleteIfExists(repaired);
		Files600.create(repaired);
		long version = write(repaired, kept.values());
		String aside = ".corrupt-" + this.clock.instant().toString().replace(":", "");
		Path corrupt = sibling(aside);
		Files.move(this.path, corrupt);
		Files.move(repaired, this.path);
		Files600.force(this.path.toAbsolutePath().getParent());
		CommitMark last = this.mark;
		String missing = (last != null) ? Long.toString(Math.max(0, last.count() - kept.size()))
				: "an unknown number of";
		String text = this.path + " was damaged: it was moved to " + corrupt.getFileName() + "; " + kept.size()
				+ " messages were recovered, " + missing + " could not be read";
		writeMark(new CommitMark(version, kept.size()));
		this.damage = text;
		warn(text);
		this.file = RecordFile.open(this.path);
		return new ArrayList<>(kept.values());
	}

	private static long write(Path path, Iterable<StoredRecord> all) {
		RecordFile target = RecordFile.open(path);
		try {
			for (StoredRecord stored : all) {
				target.put(stored.position(), stored.content());
			}
			return target.close();
		}
		catch (RuntimeException | Error ex) {
			target.abandon();
			throw ex;
		}
	}

	private void writeMark(CommitMark last) throws IOException {
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
