package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Converts and encodes messages, on their senders' threads.
 */
public final class OutboundMessageEncoder {

	private final PayloadConverter converter;

	private final MessageEncoder encoder;

	public OutboundMessageEncoder(PayloadConverter converter, MessageEncoder encoder) {
		this.converter = converter;
		this.encoder = encoder;
	}

	/**
	 * Encode a message.
	 * @param message the message
	 * @return the encoded message
	 * @throws MessageRefusedException if it cannot be converted or encoded
	 */
	public EncodedMessage encode(OutboundMessage message) throws MessageRefusedException {
		return this.encoder.encode(message, convert(message));
	}

	private @Nullable Object convert(OutboundMessage message) throws MessageRefusedException {
		Object payload = message.getPayload();
		if (payload == null || !message.isObject()) {
			return payload;
		}
		try {
			return this.converter.convert(payload);
		}
		catch (RuntimeException ex) {
			// the text of the cause may quote the payload, which the sender has anyway
			throw new MessageRefusedException(Reason.REJECTED,
					"its payload cannot be converted: " + FailureDescription.describe(ex), ex);
		}
	}

}
