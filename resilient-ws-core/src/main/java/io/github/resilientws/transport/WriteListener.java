package io.github.resilientws.transport;

import org.jspecify.annotations.Nullable;

/**
 * Receives the result of a write.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WriteListener {

	/** Ignores the result. */
	WriteListener NONE = (written, started, failure) -> {
	};

	/**
	 * The write has ended. Called exactly once per write, on the executor, in the order
	 * of the writes, except that a ping may overtake messages. Called before
	 * {@link ConnectionListener#onClosed(io.github.resilientws.DisconnectCause)} and,
	 * unless a transport notices the end of a stalled send late, before the answer of the
	 * peer.
	 * @param written number of leading messages of which all bytes, those of all
	 * fragments, were handed to the operating system
	 * @param started number of leading messages of which bytes may have been handed over;
	 * the others were never started
	 * @param failure why the write failed, or {@code null} if all messages were written
	 */
	void onWritten(int written, int started, @Nullable Throwable failure);

}
