package io.github.resilientws.transport;

import java.util.List;

/**
 * One connection, from the attempt to its end. All methods are called on the client's
 * executor and never block.
 *
 * @since 0.1
 */
public interface WebSocketConnection {

	/**
	 * Return whether a message would be sent without delay.
	 * @return {@code false} while the socket takes no bytes or a message is being sent in
	 * fragments; {@link ConnectionListener#onWritable()} follows
	 */
	boolean isWritable();

	/**
	 * Return how many bytes the socket has taken so far. The count grows while the peer
	 * takes bytes, however slowly, and stops when its receive window is full. Called on
	 * the executor.
	 * @return bytes taken, including those of frame headers and TLS as far as the
	 * transport knows them
	 */
	long getBytesTaken();

	/**
	 * Write data messages: one write, one flush. A message that is larger than
	 * {@link ConnectRequest#maxFrameSize()} is sent in fragments (RFC 6455, section 5.4),
	 * each handed over when the socket has taken the previous one. Meanwhile the
	 * connection is not writable, pings are sent between the fragments, and other
	 * messages wait.
	 * @param messages the messages; the list may be reused after the call
	 * @param listener receives the result of the write
	 */
	void write(List<? extends OutboundPayload> messages, WriteListener listener);

	/**
	 * Write a ping (RFC 6455, section 5.5.2). It waits for at most one fragment of a
	 * larger message.
	 * @param payload at most 125 bytes
	 * @param listener receives the result of the write, of one frame
	 */
	void ping(byte[] payload, WriteListener listener);

	/**
	 * Read from the socket. A connection does not read before the first call.
	 */
	void resumeReading();

	/**
	 * Stop reading from the socket. Messages already read may still arrive.
	 */
	void suspendReading();

	/**
	 * Begin the closing handshake after everything written so far, but after half of the
	 * close time-out at the latest; then the remaining fragments of a message are
	 * omitted. Reading is resumed; messages of the peer arrive until its close frame
	 * arrives. Without that frame within the close time-out the connection is aborted.
	 * @param code close code
	 * @param reason reason, at most 123 bytes of UTF-8
	 */
	void close(int code, String reason);

	/**
	 * End the attempt or the connection at once, without a closing handshake. The
	 * terminal signal follows without waiting for the peer. Has no effect when ended.
	 */
	void abort();

}
