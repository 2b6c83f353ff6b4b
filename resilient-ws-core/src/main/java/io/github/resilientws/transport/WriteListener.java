package io.github.resilientws.transport;

import org.jspecify.annotations.Nullable;

/**
 * Receives the result of a write.
 */
@FunctionalInterface
public interface WriteListener {

	/** Does not care. */
	WriteListener NONE = (written, started, failure) -> {
	};

	/**
	 * The write has ended. Called exactly once for each write, on the executor, in the
	 * order of the writes, but a ping may overtake messages. It comes before
	 * {@link ConnectionListener#onClosed(io.github.resilientws.DisconnectCause)} and,
	 * unless a transport notices the end of a stalled send late, before what the peer
	 * answers.
	 * @param written number of leading messages of which all bytes, those of all
	 * fragments, were handed to the operating system
	 * @param started number of leading messages of which bytes may have been handed over;
	 * the others were certainly never started
	 * @param failure why the write failed, or {@code null} if all messages were written
	 */
	void onWritten(int written, int started, @Nullable Throwable failure);

}
