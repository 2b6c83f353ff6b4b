package io.github.resilientws.store.mvstore;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * What the last commit was, kept beside the file. h2-mvstore falls back to an older
 * commit without a word when the newest is damaged, and takes a map without a root for an
 * empty one; this tells.
 *
 * @param version number of the commit
 * @param count number of records after it
 */
record CommitMark(long version, long count) {

	static final int LENGTH = 8 + 8 + 4;

	ByteBuffer toBytes() {
		ByteBuffer bytes = ByteBuffer.allocate(LENGTH).putLong(this.version).putLong(this.count);
		return bytes.putInt(checksum(bytes)).flip();
	}

	static @Nullable CommitMark of(ByteBuffer bytes) {
		boolean whole = bytes.limit() == LENGTH && bytes.getInt(16) == checksum(bytes);
		return (whole) ? new CommitMark(bytes.getLong(0), bytes.getLong(8)) : null;
	}

	private static int checksum(ByteBuffer bytes) {
		CRC32C crc = new CRC32C();
		crc.update(bytes.array(), 0, 16);
		// never zero for zeros
		crc.update('m');
		return (int) crc.getValue();
	}

}
