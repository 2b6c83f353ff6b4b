package io.github.resilientws.internal.framing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.codec.FramingException;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.protocol.Utf8;
import io.github.resilientws.protocol.WebSocketFrameCodec;
import io.github.resilientws.transport.OutboundPayload;

/**
 * Encodes the text messages of one connection: the codec first, then the delimiter.
 * Binary messages stay as they are.
 */
public final class FrameEncoder {

	static final FrameEncoder NONE = new FrameEncoder(null, "");

	private final @Nullable WebSocketFrameCodec codec;

	private final byte[] delimiter;

	FrameEncoder(@Nullable WebSocketFrameCodec codec, String delimiter) {
		this.codec = codec;
		this.delimiter = delimiter.getBytes(StandardCharsets.UTF_8);
	}

	OutboundPayload encode(OutboundPayload message) throws MessageRefusedException {
		try {
			return frame(message);
		}
		catch (Throwable ex) {
			// the codec may be user code
			String reason = (ex instanceof FramingException known) ? known.reason() : FailureDescription.describe(ex);
			throw new MessageRefusedException(Reason.REJECTED, "the codec cannot encode it: " + reason, ex);
		}
	}

	private OutboundPayload frame(OutboundPayload message) {
		if (!message.isText() || (this.codec == null && this.delimiter.length == 0)) {
			return message;
		}
		byte[] text = (this.codec != null) ? encode(this.codec, message.payload()) : message.payload();
		byte[] framed = Arrays.copyOf(text, Math.addExact(text.length, this.delimiter.length));
		System.arraycopy(this.delimiter, 0, framed, text.length, this.delimiter.length);
		return OutboundPayload.text(framed);
	}

	private static byte[] encode(WebSocketFrameCodec codec, byte[] message) {
		byte[] encoded = Utf8.encode(codec.encode(new String(message, StandardCharsets.UTF_8)));
		if (encoded == null) {
			throw FramingException.invalid("the codec returned an unpaired surrogate");
		}
		return encoded;
	}

}
