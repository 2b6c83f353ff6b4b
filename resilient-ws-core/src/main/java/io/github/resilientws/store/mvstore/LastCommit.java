package io.github.resilientws.store.mvstore;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * Number and size of the last commit, kept outside the file. h2-mvstore silently falls
 * back to an older commit if the newest is damaged, and takes a map without a root for an
 * empty one; a comparison with this record detects both.
 *
 * @param version number of the commit
 * @param count number of records after it
 */
record LastCommit(long version, long count) {

	static final int LENGTH = 8 + 8 + 4;

	ByteBuffer toBytes() {
		ByteBuffer bytes = ByteBuffer.allocate(LENGTH).putLong(this.version).putLong(this.count);
		return bytes.putInt(checksum(bytes)).flip();
	}

	static @Nullable LastCommit of(ByteBuffer bytes) {
		boolean whole = bytes.limit() == LENGTH && bytes.getInt(16) == checksum(bytes);
		return (whole) ? new LastCommit(bytes.getLong(0), bytes.getLong(8)) : null;
	}

	private static int checksum(ByteBuffer bytes) {
		CRC32C crc = new CRC32C();
		crc.update(bytes.array(), 0, 16);
		// so that zeros do not have the checksum zero
		crc.update('m');
		return (int) crc.getValue();
	}

}
