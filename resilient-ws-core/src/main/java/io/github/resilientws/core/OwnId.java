package io.github.resilientws.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.protocol.FrameRules;
import io.github.resilientws.protocol.Locator;

/**
 * Finds the id that a payload brings; the payload itself is the frame.
 */
final class OwnId implements Framing {

	private final FrameRules rules;

	private final Locator id;

	OwnId(String expression) {
		FrameRules.Builder builder = FrameRules.builder();
		this.id = builder.locator("delivery.id", expression);
		this.rules = builder.build();
	}

	@Override
	public Framed frame(OutboundMessage message, Object payload) throws RefusedMessageException {
		Framed frame = Framing.VERBATIM.frame(message, payload);
		String text = (payload instanceof String string) ? string : decode(frame.bytes());
		String found = (text != null) ? this.rules.read(text).find(this.id) : null;
		if (found == null || found.isBlank()) {
			throw new RefusedMessageException("delivery.id = " + this.id + " finds no id in the payload");
		}
		if (message.getId() != null && !message.getId().equals(found)) {
			throw new RefusedMessageException("the payload brings another id than withId(..)");
		}
		return Framed.of(frame.text(), frame.bytes(), found);
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
