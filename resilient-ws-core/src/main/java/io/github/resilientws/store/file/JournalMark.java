package io.github.resilientws.store.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * End and size of a journal at its last commit, kept outside of it. It tells a commit
 * that was torn before it was reported from the loss of a reported one.
 *
 * @param segment number of the last segment
 * @param end length of that segment
 * @param count number of records that the journal holds
 */
record JournalMark(long segment, long end, long count) {

	static final int LENGTH = 3 * 8 + 4;

	ByteBuffer toBytes() {
		ByteBuffer bytes = ByteBuffer.allocate(LENGTH).putLong(this.segment).putLong(this.end).putLong(this.count);
		return bytes.putInt(checksum(bytes)).flip();
	}

	static @Nullable JournalMark of(ByteBuffer bytes) {
		boolean whole = bytes.limit() == LENGTH && bytes.getInt(LENGTH - 4) == checksum(bytes);
		return (whole) ? new JournalMark(bytes.getLong(0), bytes.getLong(8), bytes.getLong(16)) : null;
	}

	private static int checksum(ByteBuffer bytes) {
		CRC32C crc = new CRC32C();
		crc.update(bytes.array(), 0, LENGTH - 4);
		// so that zeros do not have the checksum zero
		crc.update('j');
		return (int) crc.getValue();
	}

}
