package io.github.resilientws.test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * The server's end of one connection, or of several. No method blocks; messages leave in
 * the order of the calls. All methods may be called from any thread, and have no effect
 * on a connection that has ended.
 *
 * @since 0.1
 */
public interface Peer {

	/**
	 * Send a text message.
	 * @param text the message
	 */
	void push(String text);

	/**
	 * Send a binary message.
	 * @param bytes the message
	 */
	void push(ByteBuffer bytes);

	/**
	 * Send text messages in one write.
	 * @param texts the messages
	 */
	void push(List<String> texts);

	/**
	 * Send a ping.
	 * @param payload its payload, at most 125 bytes of UTF-8
	 */
	void ping(String payload);

	/**
	 * Send verbatim bytes, for invalid frames.
	 * @param bytes the bytes
	 * @see Frames
	 */
	void sendRaw(byte[] bytes);

	/**
	 * Begin the closing handshake; the connection ends when the client has answered.
	 * @param code close code
	 * @param reason reason
	 */
	void close(int code, String reason);

	/**
	 * Reset the connection at once (RST), even if bytes still wait to be sent.
	 */
	void reset();

	/**
	 * Close the connection without a close frame (FIN).
	 */
	void fin();

	/**
	 * Send FIN, but continue to read.
	 */
	void halfClose();

	/**
	 * Stop reading from the socket. A read that is under way may still take one buffer,
	 * which is handled only after {@link #startReading()}.
	 */
	void stopReading();

	/**
	 * Undo {@link #stopReading()}.
	 */
	void startReading();

	/**
	 * Send no answers: no pong, no reply, no close frame. Messages that the test itself
	 * sends still leave.
	 */
	void goSilent();

	/**
	 * Undo {@link #goSilent()}. Earlier messages stay unanswered.
	 */
	void speak();

	/**
	 * Do not answer pings.
	 */
	void dropPongs();

	/**
	 * Answer pings late.
	 * @param delay delay of the pong; zero undoes this and {@link #dropPongs()}
	 */
	void delayPongs(Duration delay);

}
