package io.github.resilientws.store.file;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where the records are that were neither replaced nor removed. Used by one thread.
 */
final class LiveRecords {

	private final Map<Long, Location> locations = new HashMap<>();

	int size() {
		return this.locations.size();
	}

	/**
	 * Add the records of a segment that are live to a list.
	 * @param records the list
	 * @param segment the segment
	 * @param scan the records of its file
	 */
	void addTo(List<StoredRecord> records, Segment segment, SegmentScan scan) {
		ByteBuffer bytes = scan.bytes();
		for (int i = 0; i < scan.count(); i++) {
			int at = scan.record(i);
			Location location = this.locations.get(RecordCodec.position(bytes, at));
			if (location != null && location.segment == segment && location.offset == at) {
				records.add(RecordCodec.stored(bytes, at));
			}
		}
	}

	void put(long position, Segment segment, int offset, int size) {
		free(this.locations.put(position, new Location(segment, offset, size)));
		segment.addLive(size);
	}

	void remove(long position) {
		free(this.locations.remove(position));
	}

	void clear() {
		this.locations.clear();
	}

	private static void free(@Nullable Location location) {
		if (location != null) {
			location.segment.addLive(-location.size);
		}
	}

	/**
	 * Where a record is.
	 *
	 * @param segment the segment
	 * @param offset its first byte
	 * @param size its length
	 */
	private record Location(Segment segment, int offset, int size) {

	}

}
