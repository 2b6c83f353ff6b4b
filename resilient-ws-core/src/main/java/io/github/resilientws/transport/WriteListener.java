package io.github.resilientws.transport;

import org.jspecify.annotations.Nullable;

/**
 * Told the fate of a write.
 */
@FunctionalInterface
public interface WriteListener {

	/** Does not care. */
	WriteListener NONE = (written, started, failure) -> {
	};

	/**
	 * The write has ended. Called exactly once for each write, on the executor, in the
	 * order of the writes, and before
	 * {@link ConnectionListener#onClosed(io.github.resilientws.DisconnectCause)}.
	 * @param written number of leading frames of which all bytes were handed to the
	 * operating system
	 * @param started number of leading frames of which bytes may have been handed over;
	 * the others were certainly never started
	 * @param failure why the write failed, or {@code null} if all frames were written
	 */
	void onWritten(int written, int started, @Nullable Throwable failure);

}
