package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The undamaged records in the file of a segment.
 */
final class SegmentScan {

	private final ByteBuffer bytes;

	private final boolean header;

	private int[] records = new int[256];

	private int count;

	private int end;

	private boolean gaps;

	private SegmentScan(ByteBuffer bytes, boolean header) {
		this.bytes = bytes;
		this.header = header;
	}

	/**
	 * Read a file.
	 * @param path the file
	 * @param number number of the segment
	 * @return its records
	 * @throws IOException if it cannot be read, or is of a later version
	 */
	static SegmentScan of(Path path, long number) throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
		SegmentScan scan = new SegmentScan(bytes, Segment.hasHeader(bytes, number));
		scan.scan();
		return scan;
	}

	private void scan() {
		int behind = Math.min(Segment.HEADER, length());
		this.end = behind;
		for (int at = next(behind); at >= 0; at = next(behind)) {
			this.gaps |= at > behind;
			if (this.count == this.records.length) {
				this.records = Arrays.copyOf(this.records, 2 * this.count);
			}
			this.records[this.count++] = at;
			behind = at + RecordCodec.size(this.bytes, at);
			if (!RecordCodec.hasMore(this.bytes, at)) {
				this.end = behind;
			}
		}
	}

	private int next(int from) {
		for (int at = from; at <= length() - RecordCodec.HEADER; at++) {
			if (RecordCodec.isRecord(this.bytes, at)) {
				return at;
			}
		}
		return -1;
	}

	ByteBuffer bytes() {
		return this.bytes;
	}

	int length() {
		return this.bytes.limit();
	}

	int count() {
		return this.count;
	}

	/**
	 * Return where a record starts.
	 * @param index its index in the file
	 * @return its first byte
	 */
	int record(int index) {
		return this.records[index];
	}

	/**
	 * Return the end of the last call whose records are all there.
	 * @return the end
	 */
	int end() {
		return this.end;
	}

	/**
	 * Return whether nothing but an end of zeros or of a torn write is in the file.
	 * @return whether no record is
	 */
	boolean isEmpty() {
		return !this.header && this.count == 0;
	}

	/**
	 * Return whether anything but the end of the file is unreadable.
	 * @param promised length up to which records were committed
	 * @return whether it is
	 */
	boolean isDamaged(long promised) {
		return !this.header || this.gaps || this.end < Math.min(promised, length());
	}

}
