package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * A file of a journal. It is open while records are appended.
 */
final class Segment {

	/** Magic, version, number, checksum. */
	static final int HEADER = 8 + 4 + 8 + 4;

	private static final long MAGIC = 0x8952_5753_4A0D_0A1AL;

	private static final int VERSION = 1;

	private final long number;

	private final Path path;

	private @Nullable FileChannel channel;

	private long length;

	private long forced;

	private long live;

	/**
	 * Create a segment.
	 * @param number its number
	 * @param path its file
	 * @param length length of its header and records
	 */
	Segment(long number, Path path, long length) {
		this.number = number;
		this.path = path;
		this.length = length;
	}

	/**
	 * Create a file with a header and no records.
	 * @param number number of the segment
	 * @param path the file; an existing one is overwritten
	 * @return the open segment
	 * @throws IOException if it cannot be written
	 */
	static Segment create(long number, Path path) throws IOException {
		OwnerOnlyFiles.createEmpty(path);
		Segment segment = new Segment(number, path, 0);
		try {
			segment.open();
			segment.write(header(number));
			// forced or not, a segment without records cannot be shorter
			segment.commit(HEADER, true);
			return segment;
		}
		catch (IOException ex) {
			segment.close();
			throw ex;
		}
	}

	private static ByteBuffer header(long number) {
		ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putInt(VERSION).putLong(number);
		return header.putInt(checksum(header)).flip();
	}

	/**
	 * Return whether a file starts with the header of a segment.
	 * @param bytes its bytes
	 * @param number number of the segment
	 * @return whether it does
	 * @throws IOException if the header is that of a later version
	 */
	static boolean hasHeader(ByteBuffer bytes, long number) throws IOException {
		if (bytes.limit() < HEADER || bytes.getLong(0) != MAGIC || bytes.getInt(HEADER - 4) != checksum(bytes)) {
			return false;
		}
		if (bytes.getInt(8) != VERSION) {
			throw new IOException("its format " + bytes.getInt(8) + " is not known to this version");
		}
		return bytes.getLong(12) == number;
	}

	private static int checksum(ByteBuffer header) {
		CRC32C crc = new CRC32C();
		crc.update(header.array(), 0, HEADER - 4);
		return (int) crc.getValue();
	}

	long number() {
		return this.number;
	}

	Path path() {
		return this.path;
	}

	/**
	 * Return the length of the header and of the committed records.
	 * @return the length
	 */
	long length() {
		return this.length;
	}

	/**
	 * Return how many of the bytes belong to records that are neither replaced nor
	 * removed.
	 * @return the bytes
	 */
	long live() {
		return this.live;
	}

	void addLive(long bytes) {
		this.live += bytes;
	}

	boolean isOpen() {
		return this.channel != null;
	}

	void open() throws IOException {
		this.channel = FileChannel.open(this.path, StandardOpenOption.WRITE);
	}

	/**
	 * Write behind the committed records.
	 * @param bytes the bytes
	 * @throws IOException if they cannot be written
	 */
	void write(ByteBuffer bytes) throws IOException {
		long start = this.length - bytes.position();
		while (bytes.hasRemaining()) {
			channel().write(bytes, start + bytes.position());
		}
	}

	/**
	 * Keep the bytes that were written last.
	 * @param length the new length
	 * @param forced whether they were forced
	 */
	void commit(long length, boolean forced) {
		this.length = length;
		if (forced) {
			this.forced = length;
		}
	}

	void force() throws IOException {
		channel().force(false);
		this.forced = this.length;
	}

	/**
	 * Cut bytes that were written but not committed.
	 * @param force whether they must not come back after a power cut
	 * @throws IOException if that fails
	 */
	void truncate(boolean force) throws IOException {
		channel().truncate(this.length);
		if (force) {
			channel().force(true);
		}
	}

	/**
	 * Cut all records that were not forced.
	 * @throws IOException if that fails
	 */
	void truncateToForced() throws IOException {
		this.length = this.forced;
		truncate(true);
	}

	void close() {
		try {
			if (this.channel != null) {
				this.channel.close();
			}
		}
		catch (IOException ex) {
			// what must be on the disk was forced
		}
		this.channel = null;
	}

	private FileChannel channel() throws IOException {
		if (this.channel == null) {
			throw new IOException("it is closed");
		}
		return this.channel;
	}

}
