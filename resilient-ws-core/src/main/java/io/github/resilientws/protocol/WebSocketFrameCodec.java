package io.github.resilientws.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Translates between the frames of a protocol and the texts to which rules and listeners
 * apply, preferably JSON. There is one instance per connection, so it may hold state. It
 * is called on the client's executor and must not block.
 * <p>
 * What {@code decode} throws closes the connection with 1007, and the client reconnects.
 * What {@code encode} throws fails the message that it was given, and does the same only
 * if the client itself sends it, such as a heartbeat.
 *
 * <pre>{@code
 * // CometD: a frame is a JSON array of messages
 * class ArrayCodec implements WebSocketFrameCodec {
 *
 *     public List<String> decode(String text) {
 *         return elementsOf(text);
 *     }
 *
 *     public String encode(String text) {
 *         return "[" + text + "]";
 *     }
 *
 * }
 * }</pre>
 *
 * @since 0.1
 * @see WebSocketFrameCodecFactory
 */
public interface WebSocketFrameCodec {

	/**
	 * Decode a received text.
	 * @param text a text message, or a part of it if {@code framing.delimiter} is set
	 * @return the messages in it, in order; may be empty
	 */
	List<String> decode(String text);

	/**
	 * Encode a text message to send: a message, heartbeat, session step or reply.
	 * @param text the text
	 * @return the text of the frame
	 */
	String encode(String text);

	/**
	 * Decode a received binary message. Called if {@code framing.binary} is
	 * {@code bytes}, which is the default.
	 * @param bytes the message
	 * @return the messages in it, in order; by default those of its UTF-8 text
	 * @throws IllegalArgumentException by default, if the bytes are not UTF-8
	 */
	default List<String> decode(ByteBuffer bytes) {
		String text;
		try {
			text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("The binary message is not UTF-8", ex);
		}
		return decode(text);
	}

}
