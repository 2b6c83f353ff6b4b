package io.github.resilientws.internal.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageRules;

/**
 * Finds the id in a payload, which is sent unchanged.
 */
public final class PayloadIdEncoder implements MessageEncoder {

	private final MessageRules rules;

	private final Locator id;

	public PayloadIdEncoder(String expression) {
		MessageRules.Builder builder = MessageRules.builder();
		this.id = builder.locator("delivery.id", expression);
		this.rules = builder.build();
	}

	@Override
	public EncodedMessage encode(OutboundMessage message, @Nullable Object payload) throws MessageRefusedException {
		EncodedMessage encoded = MessageEncoder.VERBATIM.encode(message, payload);
		String text = (payload instanceof String string) ? string : decode(encoded.bytes());
		String found = (text != null) ? this.rules.read(text).find(this.id) : null;
		if (found == null || found.isBlank()) {
			throw new MessageRefusedException("delivery.id = " + this.id + " finds no id in the payload");
		}
		if (message.getId() != null && !message.getId().equals(found)) {
			throw new MessageRefusedException("the payload has another id than withId(..)");
		}
		return EncodedMessage.of(encoded.text(), encoded.bytes(), found);
	}

	private static @Nullable String decode(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

}
