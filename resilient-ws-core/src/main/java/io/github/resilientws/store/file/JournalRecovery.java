package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the segments of a journal. It cuts a torn end, and replaces a damaged segment by
 * its readable records.
 */
final class JournalRecovery {

	private static final Log logger = LogFactory.getLog(JournalRecovery.class);

	private final String client;

	private final Path store;

	private final @Nullable JournalMark mark;

	private final Instant now;

	private final List<Path> damaged = new ArrayList<>();

	/** Whether committed bytes are missing. */
	private boolean missing;

	/** Whether a segment between others is missing. */
	private boolean gap;

	private long lastSegment;

	private long end;

	JournalRecovery(String client, Path store, @Nullable JournalMark mark, Instant now) {
		this.client = client;
		this.store = store;
		this.mark = mark;
		this.now = now;
	}

	/**
	 * Read all segments.
	 * @param files their files by number
	 * @param reader receives the segments in order
	 * @throws IOException if they cannot be read, or are of a later version
	 */
	void read(SortedMap<Long, Path> files, SegmentReader reader) throws IOException {
		for (Map.Entry<Long, Path> file : files.entrySet()) {
			long number = file.getKey();
			this.gap |= this.lastSegment != 0 && number != this.lastSegment + 1;
			this.lastSegment = number;
			try {
				read(file.getValue(), number, number == files.lastKey(), reader);
			}
			catch (IOException ex) {
				throw new IOException(OwnerOnlyFiles.reason(ex) + " (" + file.getValue().getFileName() + ")", ex);
			}
		}
		this.missing |= this.mark != null && this.mark.segment() > this.lastSegment;
	}

	private void read(Path path, long number, boolean last, SegmentReader reader) throws IOException {
		SegmentScan scan = SegmentScan.of(path, number);
		long committed = (this.mark != null && this.mark.segment() == number) ? this.mark.end() : 0;
		long promised = (last) ? committed : Math.max(committed, scan.length());
		this.missing |= scan.end() < promised;
		if (scan.isDamaged(promised) && !(last && committed == 0 && scan.isEmpty())) {
			replace(path, number, scan);
			scan = SegmentScan.of(path, number);
		}
		else if (scan.end() < scan.length() || scan.isEmpty()) {
			cut(path, scan);
		}
		this.end = scan.end();
		if (!scan.isEmpty()) {
			reader.read(new Segment(number, path, scan.end()), scan);
		}
	}

	// the end of a write that was not reported, or of the creation of the file
	private void cut(Path path, SegmentScan scan) throws IOException {
		logger.info("[" + this.client + "] cut an incomplete end of " + (scan.length() - scan.end()) + " bytes from "
				+ path);
		if (scan.isEmpty()) {
			Files.delete(path);
			return;
		}
		try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
			channel.truncate(scan.end());
		}
	}

	private void replace(Path path, long number, SegmentScan scan) throws IOException {
		Path aside = path.resolveSibling(path.getFileName() + ".corrupt-" + this.now.toString().replace(":", ""));
		Files.copy(path, aside, StandardCopyOption.REPLACE_EXISTING);
		Path next = path.resolveSibling(path.getFileName() + ".next");
		Segment segment = Segment.create(number, next);
		try {
			segment.write(readable(scan));
			segment.force();
		}
		finally {
			segment.close();
		}
		Files.move(next, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		OwnerOnlyFiles.forceName(path);
		this.damaged.add(aside);
	}

	// each one without the rest of its call, which may be unreadable
	private static ByteBuffer readable(SegmentScan scan) {
		ByteBuffer target = ByteBuffer.allocate(scan.length());
		for (int i = 0; i < scan.count(); i++) {
			int at = scan.record(i);
			if (RecordCodec.type(scan.bytes(), at) == RecordCodec.PUT) {
				RecordCodec.put(target, RecordCodec.stored(scan.bytes(), at), false);
			}
			else {
				RecordCodec.remove(target, RecordCodec.position(scan.bytes(), at), false);
			}
		}
		return target.flip();
	}

	/**
	 * Describe the loss, and log it.
	 * @param recovered number of records that were recovered
	 * @return a sentence, or {@code null} without loss
	 */
	@Nullable String loss(int recovered) {
		JournalMark expected = (this.mark != null) ? this.mark : new JournalMark(0, 0, 0);
		boolean same = expected.segment() == this.lastSegment && expected.end() == this.end;
		boolean lost = (same) ? expected.count() != recovered : this.missing || this.gap;
		if (this.damaged.isEmpty() && !(lost && recovered + expected.count() > 0)) {
			return null;
		}
		StringBuilder text = new StringBuilder("Store " + this.store);
		if (this.lastSegment == 0) {
			text.append(" is missing; it held " + expected.count() + " records");
		}
		else {
			text.append(" was damaged: " + recovered + " records were recovered, ")
				.append((recovered < expected.count()) ? "at least " + (expected.count() - recovered) : "perhaps some")
				.append(" could not be read");
		}
		for (Path path : this.damaged) {
			text.append((path == this.damaged.get(0)) ? "; damaged files: " : ", ").append(path.getFileName());
		}
		logger.warn("[" + this.client + "] " + text);
		return text.toString();
	}

	/**
	 * Receives the segments of a journal.
	 */
	interface SegmentReader {

		void read(Segment segment, SegmentScan scan);

	}

}
