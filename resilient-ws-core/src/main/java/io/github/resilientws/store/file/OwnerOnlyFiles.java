package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Creates files and directories that only their owner may read, where the file system
 * supports that.
 */
final class OwnerOnlyFiles {

	private OwnerOnlyFiles() {
	}

	static void createDirectory(Path directory) throws IOException {
		try {
			if (!Files.isDirectory(directory)) {
				Files.createDirectories(directory, permissions(directory, "rwx------"));
			}
		}
		catch (FileAlreadyExistsException ex) {
			throw new IOException("Store directory " + directory + " cannot be created: " + ex.getFile() + " is a file",
					ex);
		}
		catch (IOException ex) {
			throw new IOException("Store directory " + directory + " cannot be created: " + reason(ex), ex);
		}
		if (!Files.isWritable(directory)) {
			throw new IOException(
					"Store directory " + directory + " cannot be written: no permission, or a read-only file system");
		}
	}

	static void create(Path file) throws IOException {
		try {
			Files.createFile(file, permissions(file, "rw-------"));
		}
		catch (FileAlreadyExistsException ex) {
			if (!Files.isRegularFile(file)) {
				throw new IOException("Store " + file + " cannot be opened: it is not a file", ex);
			}
			if (!Files.isReadable(file) || !Files.isWritable(file)) {
				throw new IOException("Store " + file + " cannot be opened: permission denied", ex);
			}
		}
		catch (IOException ex) {
			throw new IOException("Store " + file + " cannot be created: " + reason(ex), ex);
		}
	}

	/**
	 * Create a file, or empty an existing one.
	 * @param file the file
	 * @throws IOException if it cannot be written
	 */
	static void createEmpty(Path file) throws IOException {
		Files.deleteIfExists(file);
		Files.createFile(file, permissions(file, "rw-------"));
	}

	static FileChannel open(Path file) throws IOException {
		try {
			return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
		}
		catch (IOException ex) {
			throw new IOException("Store " + file + " cannot be opened: " + reason(ex), ex);
		}
	}

	/**
	 * Make the name of a file survive a power cut, where the system supports that.
	 * @param file the file
	 */
	static void forceName(Path file) {
		Path directory = file.toAbsolutePath().getParent();
		if (directory == null) {
			return;
		}
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			// Windows does not support it and does not need it
		}
	}

	/**
	 * Return why an operation on a file failed, without its path.
	 * @param ex the failure
	 * @return the reason
	 */
	static String reason(Throwable ex) {
		if (ex instanceof AccessDeniedException) {
			return "permission denied";
		}
		if (ex instanceof FileSystemException failure) {
			return (failure.getReason() != null) ? failure.getReason() : failure.getClass().getSimpleName();
		}
		return (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
	}

	private static FileAttribute<?>[] permissions(Path path, String permissions) {
		if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			return new FileAttribute<?>[0];
		}
		return new FileAttribute<?>[] {
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) };
	}

}
