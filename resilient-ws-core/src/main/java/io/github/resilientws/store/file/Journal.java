package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Records in segments: a change is appended to the last segment; the first one is deleted
 * when none of its records is live. No other is deleted, because a removal must not
 * disappear before the record that it removes. Used by one thread.
 */
class Journal {

	static final long SEGMENT_BYTES = 8 * 1024 * 1024;

	private final String client;

	private final Path path;

	private final Path directory;

	private final StoreLock lock;

	private final InstantSource clock;

	private final boolean forcing;

	private final Deque<Segment> segments = new ArrayDeque<>();

	private final LiveRecords live = new LiveRecords();

	private final RequestEncoder encoder = new RequestEncoder();

	private boolean loaded;

	/** The files as they were read last, until their records are returned or change. */
	private @Nullable Map<Segment, SegmentScan> scans;

	/** Whether a force failed, so that the last segment may miss unforced records. */
	private boolean suspect;

	/** Whether a segment became full since the last look for a sparse one. */
	private boolean grown;

	private volatile @Nullable String damage;

	/**
	 * Create a journal.
	 * @param client name of the client
	 * @param path the store, whose name starts the names of its files
	 * @param lock its lock
	 * @param clock the clock
	 * @param forcing whether a segment is forced before the next one is used, and before
	 * another one is deleted
	 */
	Journal(String client, Path path, StoreLock lock, InstantSource clock, boolean forcing) {
		this.client = client;
		this.path = path;
		this.directory = Objects.requireNonNull(path.getParent());
		this.lock = lock;
		this.clock = clock;
		this.forcing = forcing;
	}

	Path path() {
		return this.path;
	}

	boolean isOpen() {
		return !this.segments.isEmpty() && last().isOpen();
	}

	boolean isLoaded() {
		return this.loaded;
	}

	/**
	 * Describe the loss by damage.
	 * @return a sentence, or {@code null} without loss
	 */
	@Nullable String damage() {
		return this.damage;
	}

	/**
	 * Open the journal, or open it again after a failure without the changes that failed.
	 * @param unforced changes since the last force, which the disk may lack
	 * @param refused removals that were requested since the failure
	 * @throws IOException if that fails; the journal is to be abandoned again
	 */
	void open(List<StoreRequest> unforced, List<StoreRequest> refused) throws IOException {
		if (!this.loaded) {
			load();
		}
		else {
			last().open();
			last().truncate(this.forcing);
		}
		if (this.suspect) {
			List<StoreRequest> repeated = new ArrayList<>(unforced);
			repeated.addAll(refused);
			repeat(repeated);
		}
		else if (!refused.isEmpty()) {
			append(refused, this.forcing);
		}
		else if (this.forcing) {
			force(last());
		}
	}

	/**
	 * Read all records.
	 * @return the records in order
	 * @throws IOException if they cannot be read
	 */
	List<StoredRecord> read() throws IOException {
		Map<Segment, SegmentScan> files = (this.scans != null) ? this.scans : load();
		this.scans = null;
		List<StoredRecord> records = new ArrayList<>(this.live.size());
		files.forEach((segment, scan) -> this.live.addTo(records, segment, scan));
		records.sort(Comparator.comparingLong(StoredRecord::position));
		return records;
	}

	private Map<Segment, SegmentScan> load() throws IOException {
		abandon();
		this.loaded = false;
		this.segments.clear();
		this.live.clear();
		Map<Segment, SegmentScan> scans = new LinkedHashMap<>();
		JournalRecovery recovery = new JournalRecovery(this.client, this.path, this.lock.readMark(),
				this.clock.instant());
		recovery.read(files(), (segment, scan) -> {
			index(segment, scan);
			scans.put(segment, scan);
		});
		if (this.segments.isEmpty()) {
			create(1);
		}
		else {
			last().open();
		}
		if (this.forcing) {
			force(last());
		}
		String loss = recovery.loss(this.live.size());
		this.damage = (loss != null) ? loss : this.damage;
		mark();
		this.scans = scans;
		this.loaded = true;
		return scans;
	}

	private SortedMap<Long, Path> files() throws IOException {
		SortedMap<Long, Path> files = new TreeMap<>();
		Pattern name = Pattern.compile(Pattern.quote(this.path.getFileName().toString()) + "\\.(\\d{8,18})\\.journal");
		try (DirectoryStream<Path> all = Files.newDirectoryStream(this.directory)) {
			for (Path file : all) {
				Matcher matcher = name.matcher(file.getFileName().toString());
				if (matcher.matches()) {
					files.put(Long.parseLong(matcher.group(1)), file);
				}
			}
		}
		return files;
	}

	private void index(Segment segment, SegmentScan scan) {
		this.segments.add(segment);
		ByteBuffer bytes = scan.bytes();
		for (int i = 0; i < scan.count() && scan.record(i) < scan.end(); i++) {
			int at = scan.record(i);
			long position = RecordCodec.position(bytes, at);
			if (RecordCodec.type(bytes, at) == RecordCodec.PUT) {
				this.live.put(position, segment, at, RecordCodec.size(bytes, at));
			}
			else {
				this.live.remove(position);
			}
		}
	}

	/**
	 * Append changes, all or none.
	 * @param requests appends and removals
	 * @param force whether they must survive a power cut
	 * @throws IOException if that fails. The bytes may be in the file nevertheless, until
	 * it is opened again
	 */
	void append(List<StoreRequest> requests, boolean force) throws IOException {
		if (last().length() >= SEGMENT_BYTES) {
			Segment full = last();
			if (this.forcing) {
				force(full);
			}
			create(full.number() + 1);
			full.close();
			this.grown = true;
		}
		ByteBuffer bytes = this.encoder.encode(requests, false);
		last().write(bytes);
		if (force) {
			force(last());
		}
		commit(last(), requests, force);
		if (force || !this.forcing) {
			deleteEmpty();
		}
	}

	/**
	 * Force all changes to the disk.
	 * @throws IOException if that fails. Which changes the disk has is unknown, and a
	 * second force would not report it
	 */
	void force() throws IOException {
		force(last());
		deleteEmpty();
	}

	/**
	 * Return the records of the first segment if the journal needs to become smaller.
	 * Once they are appended again, the first segment can be deleted.
	 * @return the records, or an empty list
	 * @throws IOException if they cannot be read
	 */
	List<StoredRecord> sparseRecords() throws IOException {
		if (!this.grown) {
			return List.of();
		}
		this.grown = false;
		long used = this.segments.stream().mapToLong(Segment::live).sum();
		if (2 * used >= this.segments.stream().mapToLong(Segment::length).sum()) {
			return List.of();
		}
		Segment first = this.segments.getFirst();
		List<StoredRecord> records = new ArrayList<>();
		this.live.addTo(records, first, SegmentScan.of(first.path(), first.number()));
		return records;
	}

	// into another segment: what the last one has behind its last force is unknown. They
	// are one call, because a part of them would bring removed records back
	private void repeat(List<StoreRequest> requests) throws IOException {
		Segment last = last();
		Segment next = Segment.create(last.number() + 1, file(last.number() + 1));
		try {
			next.write(this.encoder.encode(requests, true));
			next.force();
		}
		catch (IOException ex) {
			next.close();
			throw ex;
		}
		OwnerOnlyFiles.forceName(next.path());
		this.segments.add(next);
		commit(next, requests, true);
		this.suspect = false;
		try {
			last.truncateToForced();
		}
		finally {
			last.close();
		}
	}

	/** Close the file without writing to it. */
	void abandon() {
		if (!this.segments.isEmpty()) {
			last().close();
		}
	}

	/**
	 * Force all changes, then close the file.
	 * @throws IOException if that fails
	 */
	void close() throws IOException {
		if (isOpen()) {
			force();
			abandon();
		}
	}

	/** Close the file if it is open, and release the lock of the store. */
	void release() {
		abandon();
		this.lock.release();
	}

	/**
	 * Describe a failure.
	 * @param operation what failed
	 * @param failure how
	 * @return an exception with a text for users
	 */
	IOException failure(String operation, Throwable failure) {
		return new IOException("Store " + this.path + " cannot be " + operation + ": " + OwnerOnlyFiles.reason(failure),
				failure);
	}

	private Segment last() {
		return this.segments.getLast();
	}

	private Path file(long number) {
		return this.path.resolveSibling(this.path.getFileName() + String.format(Locale.ROOT, ".%08d.journal", number));
	}

	private void create(long number) throws IOException {
		Segment segment = Segment.create(number, file(number));
		if (this.forcing) {
			OwnerOnlyFiles.forceName(segment.path());
		}
		this.segments.add(segment);
	}

	private void force(Segment segment) throws IOException {
		try {
			forceFile(segment);
		}
		catch (IOException ex) {
			this.suspect = true;
			throw ex;
		}
	}

	void forceFile(Segment segment) throws IOException {
		segment.force();
	}

	private void commit(Segment segment, List<StoreRequest> requests, boolean forced) {
		this.scans = null;
		int offset = (int) segment.length();
		for (StoreRequest request : requests) {
			if (request instanceof StoreRequest.Append append) {
				for (StoredRecord stored : append.records()) {
					int size = RecordCodec.HEADER + stored.content().length;
					this.live.put(stored.position(), segment, offset, size);
					offset += size;
				}
			}
			else if (request instanceof StoreRequest.Remove remove) {
				for (long position : remove.positions()) {
					this.live.remove(position);
				}
				offset += (int) remove.size();
			}
		}
		segment.commit(offset, forced);
		mark();
	}

	private void mark() {
		try {
			this.lock.writeMark(new JournalMark(last().number(), last().length(), this.live.size()));
		}
		catch (IOException ex) {
			// an old mark only detects less
		}
	}

	private void deleteEmpty() {
		while (this.segments.size() > 1 && this.segments.getFirst().live() == 0) {
			Path path = this.segments.getFirst().path();
			try {
				Files.deleteIfExists(path);
			}
			catch (IOException ex) {
				// tried again after the next force
				return;
			}
			if (this.forcing) {
				OwnerOnlyFiles.forceName(path);
			}
			this.segments.removeFirst();
		}
	}

}
