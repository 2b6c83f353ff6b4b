package io.github.resilientws.store.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Format of a record in a segment: checksum, mark and type, length of the content,
 * position, content. The mark allows to find the next record behind damage.
 */
final class RecordCodec {

	/** Keeps content at a position, in place of earlier content. */
	static final int PUT = 1;

	/** Removes the content of a position. */
	static final int REMOVE = 2;

	/** Added to the type if the next record belongs to the same call. */
	static final int MORE = 0x80;

	/** Length of a record without content. */
	static final int HEADER = 4 + 4 + 4 + 8;

	private static final int MARK = 0x9E5257_00;

	private static final byte[] NOTHING = {};

	private RecordCodec() {
	}

	static void put(ByteBuffer target, StoredRecord stored, boolean more) {
		write(target, (more) ? PUT | MORE : PUT, stored.position(), stored.content());
	}

	static void remove(ByteBuffer target, long position, boolean more) {
		write(target, (more) ? REMOVE | MORE : REMOVE, position, NOTHING);
	}

	private static void write(ByteBuffer target, int type, long position, byte[] content) {
		int start = target.position();
		target.putInt(0).putInt(MARK | type).putInt(content.length).putLong(position).put(content);
		target.putInt(start, checksum(target, start, HEADER + content.length));
	}

	/**
	 * Return whether an undamaged record starts at an index.
	 * @param source the bytes
	 * @param index where it starts
	 * @return whether one does
	 */
	static boolean isRecord(ByteBuffer source, int index) {
		int room = source.limit() - index - HEADER;
		if (room < 0 || (source.getInt(index + 4) & ~0xFF) != MARK) {
			return false;
		}
		int type = type(source, index);
		int length = source.getInt(index + 8);
		return (type == PUT || type == REMOVE) && length >= 0 && length <= room
				&& source.getInt(index) == checksum(source, index, HEADER + length);
	}

	static int type(ByteBuffer source, int index) {
		return source.get(index + 7) & ~MORE & 0xFF;
	}

	static boolean hasMore(ByteBuffer source, int index) {
		return (source.get(index + 7) & MORE) != 0;
	}

	static int size(ByteBuffer source, int index) {
		return HEADER + source.getInt(index + 8);
	}

	static long position(ByteBuffer source, int index) {
		return source.getLong(index + 12);
	}

	static StoredRecord stored(ByteBuffer source, int index) {
		byte[] content = new byte[source.getInt(index + 8)];
		source.get(index + HEADER, content);
		return new StoredRecord(position(source, index), content);
	}

	private static int checksum(ByteBuffer bytes, int start, int size) {
		CRC32C crc = new CRC32C();
		crc.update(bytes.slice(start + 4, size - 4));
		return (int) crc.getValue();
	}

}
