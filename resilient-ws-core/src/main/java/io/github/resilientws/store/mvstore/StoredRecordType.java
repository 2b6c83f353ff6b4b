package io.github.resilientws.store.mvstore;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/**
 * Format of a record in the file. h2-mvstore checks the place of a page, not its content,
 * so each record has a checksum. It starts with a mark, so that it can be found without
 * its page.
 */
final class StoredRecordType extends BasicDataType<StoredRecord> {

	static final int MARK = 0x9E52_5753;

	/** Mark, length, checksum, position, version. */
	static final int HEADER = 4 + 4 + 4 + 8 + 8;

	@Override
	public int getMemory(StoredRecord stored) {
		return 64 + stored.content().length;
	}

	@Override
	public void write(WriteBuffer target, StoredRecord stored) {
		byte[] content = stored.content();
		ByteBuffer header = ByteBuffer.allocate(HEADER);
		header.putInt(MARK).putInt(content.length).putInt(0).putLong(stored.position()).putLong(stored.version());
		header.putInt(8, checksum(header, ByteBuffer.wrap(content)));
		target.put(header.array()).put(content);
	}

	@Override
	public StoredRecord read(ByteBuffer source) {
		StoredRecord stored = readAt(source, source.position());
		if (stored == null) {
			throw damaged("Record with a wrong checksum");
		}
		source.position(source.position() + HEADER + stored.content().length);
		return stored;
	}

	@Override
	public void read(ByteBuffer source, Object storage, int length) {
		super.read(source, storage, length);
		if (source.hasRemaining()) {
			throw damaged("Page with more records than its header says");
		}
	}

	/**
	 * Read the record that starts at an index.
	 * @param source the bytes; its position does not change
	 * @param index where the record starts
	 * @return the record, or {@code null} if it is absent or damaged
	 */
	static @Nullable StoredRecord readAt(ByteBuffer source, int index) {
		if (source.limit() - index < HEADER || source.getInt(index) != MARK) {
			return null;
		}
		int length = source.getInt(index + 4);
		if (length < 0 || length > source.limit() - index - HEADER) {
			return null;
		}
		int sum = checksum(source.slice(index, HEADER), source.slice(index + HEADER, length));
		if (sum != source.getInt(index + 8)) {
			return null;
		}
		byte[] content = new byte[length];
		source.get(index + HEADER, content);
		return new StoredRecord(source.getLong(index + 12), source.getLong(index + 20), content);
	}

	@Override
	public StoredRecord[] createStorage(int size) {
		return new StoredRecord[size];
	}

	private static int checksum(ByteBuffer header, ByteBuffer content) {
		CRC32C crc = new CRC32C();
		crc.update(header.slice(0, 8));
		crc.update(header.slice(12, HEADER - 12));
		crc.update(content);
		return (int) crc.getValue();
	}

	private static RuntimeException damaged(String problem) {
		return DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, problem);
	}

}
