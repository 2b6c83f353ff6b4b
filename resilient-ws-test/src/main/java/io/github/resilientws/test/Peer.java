package io.github.resilientws.test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * The server's end of one connection, or of many. No method blocks; what is sent leaves
 * in order. All methods may be called by any thread, and do nothing to a connection that
 * has ended.
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
	 * Send bytes as they are, for frames that are broken.
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
	 * Reset the connection at once (RST), whatever still waits to be sent.
	 */
	void reset();

	/**
	 * Close the connection without a close frame (FIN).
	 */
	void fin();

	/**
	 * Send FIN, but go on reading.
	 */
	void halfClose();

	/**
	 * Take nothing from the socket any more. A read that is already waiting may still
	 * take one buffer, which is handled only after {@link #startReading()}.
	 */
	void stopReading();

	/**
	 * Undo {@link #stopReading()}.
	 */
	void startReading();

	/**
	 * Answer nothing: no pong, no reply, no close frame. What the test itself sends still
	 * goes out.
	 */
	void goSilent();

	/**
	 * Undo {@link #goSilent()}; what was not answered stays so.
	 */
	void speak();

	/**
	 * Do not answer pings.
	 */
	void dropPongs();

	/**
	 * Answer pings late.
	 * @param delay how late; zero undoes this and {@link #dropPongs()}
	 */
	void delayPongs(Duration delay);

}
