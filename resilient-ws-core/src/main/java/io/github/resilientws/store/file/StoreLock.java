package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.StoreHeldException;

/**
 * Prevents that a store is opened twice: a lock of the operating system on a file next to
 * the store, which ends with the process. The file names the holder and holds the mark of
 * the last commit.
 */
final class StoreLock {

	/**
	 * Position of the lock: behind all bytes, so that other processes can read them on
	 * any system.
	 */
	private static final long LOCKED = Long.MAX_VALUE - 1;

	private static final int MARK = 512;

	private final FileChannel channel;

	private final String registration;

	private StoreLock(FileChannel channel, String registration) {
		this.channel = channel;
		this.registration = registration;
	}

	/**
	 * Lock a store.
	 * @param store the store to lock
	 * @param file the file that carries the lock; created if it is missing
	 * @param now the time
	 * @return the lock
	 * @throws StoreHeldException if the store is open already
	 * @throws IOException if the file cannot be written
	 */
	static StoreLock acquire(Path store, Path file, Instant now) throws IOException {
		String holder = "process " + ProcessHandle.current().pid() + host() + " since "
				+ now.truncatedTo(ChronoUnit.SECONDS);
		OwnerOnlyFiles.create(file);
		// closing any channel of the file would release the lock of this process, so a
		// second opener in this JVM, whatever its class loader, must not even open it
		String registration = StoreLock.class.getName() + ":" + file.toRealPath();
		Object other = System.getProperties().putIfAbsent(registration, holder);
		if (other != null) {
			throw new StoreHeldException(store, "this " + other);
		}
		try {
			return acquire(store, file, holder, registration);
		}
		catch (IOException | RuntimeException ex) {
			System.getProperties().remove(registration);
			throw ex;
		}
	}

	private static StoreLock acquire(Path store, Path file, String holder, String registration) throws IOException {
		FileChannel channel = OwnerOnlyFiles.open(file);
		try {
			FileLock lock = channel.tryLock(LOCKED, 1, false);
			if (lock == null) {
				throw new StoreHeldException(store, readHolder(channel));
			}
			byte[] text = (holder + "\n").getBytes(StandardCharsets.UTF_8);
			writeFully(channel, ByteBuffer.wrap(Arrays.copyOf(text, MARK)), 0);
			return new StoreLock(channel, registration);
		}
		catch (OverlappingFileLockException ex) {
			channel.close();
			throw new StoreHeldException(store, "this process");
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * Return the mark of the last commit.
	 * @return the mark, or {@code null} if none was written
	 * @throws IOException if it cannot be read
	 */
	@Nullable JournalMark readMark() throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(JournalMark.LENGTH);
		while (bytes.hasRemaining() && this.channel.read(bytes, MARK + bytes.position()) >= 0) {
			// read until the end of the file
		}
		return JournalMark.of(bytes.flip());
	}

	void writeMark(JournalMark mark) throws IOException {
		writeFully(this.channel, mark.toBytes(), MARK);
	}

	void release() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// the lock is released in either case
		}
		finally {
			System.getProperties().remove(this.registration);
		}
	}

	private static String readHolder(FileChannel channel) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(MARK);
		channel.read(bytes, 0);
		String text = new String(bytes.array(), StandardCharsets.UTF_8);
		int end = text.indexOf('\n');
		return (end > 0) ? text.substring(0, end) : "another process";
	}

	private static void writeFully(FileChannel channel, ByteBuffer bytes, int position) throws IOException {
		int start = bytes.position();
		while (bytes.hasRemaining()) {
			channel.write(bytes, position + bytes.position() - start);
		}
	}

	private static String host() {
		String name = System.getenv("HOSTNAME");
		return (name != null) ? " on " + name : "";
	}

}
