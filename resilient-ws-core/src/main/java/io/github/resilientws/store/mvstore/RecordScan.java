package io.github.resilientws.store.mvstore;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Finds records in a damaged file by their marks and checksums, without its pages.
 * Removed records whose space was not reused are found, too; they are sent once more.
 */
final class RecordScan {

	private RecordScan() {
	}

	/**
	 * Read the newest copy of each record.
	 * @param file the file
	 * @return the records by position
	 * @throws IOException if the file cannot be read
	 */
	static Map<Long, StoredRecord> newest(Path file) throws IOException {
		Map<Long, StoredRecord> found = new TreeMap<>();
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			// the bound of an outbox is far below 2 GB
			int size = (int) Math.min(channel.size(), Integer.MAX_VALUE);
			MappedByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, size);
			int index = 0;
			while (index <= size - StoredRecordType.HEADER) {
				StoredRecord stored = StoredRecordType.readAt(bytes, index);
				if (stored != null) {
					found.merge(stored.position(), stored, RecordScan::newer);
				}
				index += (stored != null) ? StoredRecordType.HEADER + stored.content().length : 1;
			}
		}
		return found;
	}

	private static StoredRecord newer(@Nullable StoredRecord one, StoredRecord other) {
		return (one == null || other.version() >= one.version()) ? other : one;
	}

}
