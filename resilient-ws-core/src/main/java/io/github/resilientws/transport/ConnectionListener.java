package io.github.resilientws.transport;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import io.github.resilientws.DisconnectCause;

/**
 * Receives the signals of a connection. All calls arrive on the client's executor, none
 * inside a call of {@code connect}; {@link #onClosed} is called exactly once and last.
 *
 * @since 0.1
 */
public interface ConnectionListener {

	/**
	 * The opening handshake is done.
	 * @param responseHeaders headers of the 101, for example cookies and session ids;
	 * names are found in any case, the map cannot be changed; empty if the transport does
	 * not know them. May contain secrets.
	 */
	void onOpen(Map<String, List<String>> responseHeaders);

	/**
	 * Bytes arrived, whether or not they complete a frame. Precedes the messages.
	 */
	void onRead();

	/**
	 * A whole text message arrived that is not decoded yet and may be malformed. A
	 * receiver may handle it by its bytes.
	 * @param utf8 array of the message, which must not be kept
	 * @param offset offset of the message
	 * @param length length of the message
	 * @return whether the message is handled; otherwise it is decoded, and
	 * {@link #onText} follows
	 */
	default boolean onEncodedText(byte[] utf8, int offset, int length) {
		return false;
	}

	/**
	 * A whole text message arrived.
	 * @param text the message
	 */
	void onText(String text);

	/**
	 * A whole binary message arrived.
	 * @param bytes the message; belongs to the receiver
	 */
	void onBinary(ByteBuffer bytes);

	/**
	 * A pong arrived. Pings are answered by the transport.
	 * @param payload its payload; belongs to the receiver
	 */
	void onPong(ByteBuffer payload);

	/**
	 * The connection became writable again.
	 */
	void onWritable();

	/**
	 * The attempt failed or the connection ended.
	 * @param cause why; {@link DisconnectCause.Closed} with 1006 for an end without a
	 * close frame, {@link DisconnectCause.Requested} after {@code abort()} and after a
	 * closing handshake that we began
	 */
	void onClosed(DisconnectCause cause);

}
