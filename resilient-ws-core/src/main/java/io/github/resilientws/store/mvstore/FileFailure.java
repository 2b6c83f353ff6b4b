package io.github.resilientws.store.mvstore;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Classifies failures of h2-mvstore.
 */
final class FileFailure {

	private FileFailure() {
	}

	/**
	 * Return whether the content of the file is damaged, as opposed to a failed access.
	 * @param failure exception thrown while the file was read
	 * @return whether it is
	 */
	static boolean isDamage(Throwable failure) {
		if (failure instanceof OutOfMemoryError) {
			return false;
		}
		if (failure instanceof MVStoreException ex && (ex.getErrorCode() == DataUtils.ERROR_UNSUPPORTED_FORMAT
				|| ex.getErrorCode() == DataUtils.ERROR_FILE_LOCKED || ex.getErrorCode() == DataUtils.ERROR_CLOSED
				|| ex.getErrorCode() == DataUtils.ERROR_WRITING_FAILED)) {
			return false;
		}
		IOException cause = ioCause(failure);
		return cause == null || cause instanceof EOFException;
	}

	static IOException toIOException(Path path, String operation, Throwable failure) {
		if (failure instanceof IOException ex) {
			return ex;
		}
		IOException cause = ioCause(failure);
		if (cause instanceof ClosedChannelException) {
			return new IOException("Store " + path + " cannot be " + operation + ": it was closed", failure);
		}
		String reason = OwnerOnlyFiles.reason((cause != null) ? cause : failure);
		return new IOException("Store " + path + " cannot be " + operation + ": " + reason, failure);
	}

	private static @Nullable IOException ioCause(Throwable failure) {
		for (Throwable ex = failure; ex != null; ex = ex.getCause()) {
			if (ex instanceof IOException cause) {
				return cause;
			}
		}
		return null;
	}

}
