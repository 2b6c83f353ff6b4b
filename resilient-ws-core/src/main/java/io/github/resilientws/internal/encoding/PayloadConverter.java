package io.github.resilientws.internal.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.util.ClassUtils;

/**
 * Converts the objects of {@code convertAndSend} to texts or bytes.
 */
public final class PayloadConverter {

	private static final boolean JACKSON = ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper",
			PayloadConverter.class.getClassLoader());

	private final @Nullable MessageConverter given;

	public PayloadConverter(@Nullable MessageConverter given) {
		this.given = given;
	}

	/**
	 * Convert an object.
	 * @param payload the object
	 * @return a {@code String} or a {@code ByteBuffer}
	 * @throws MessageConversionException if it cannot be converted
	 */
	public Object convert(Object payload) {
		MessageConverter converter = (this.given == null && JACKSON) ? Json.CONVERTER : this.given;
		if (converter == null) {
			throw new MessageConversionException("cannot convert " + payload.getClass().getName()
					+ ": no MessageConverter is configured and jackson-databind is not on the class path");
		}
		Message<?> message = converter.toMessage(payload, new MessageHeaders(Map.of()));
		if (message == null) {
			throw new MessageConversionException(
					"cannot convert " + payload.getClass().getName() + " by " + converter.getClass().getName());
		}
		Object result = message.getPayload();
		if (result instanceof byte[] bytes) {
			return text(bytes);
		}
		if (result instanceof String || result instanceof ByteBuffer) {
			return result;
		}
		throw new MessageConversionException(converter.getClass().getName() + " returned a "
				+ result.getClass().getName() + "; allowed are String, byte[] and ByteBuffer");
	}

	// converters write text as UTF-8 bytes
	private String text(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new MessageConversionException("the converter returned bytes that are not UTF-8 text; "
					+ "for a binary message it has to return a ByteBuffer", ex);
		}
	}

	/**
	 * One for all clients, created on first use: its mapper needs as much memory as a
	 * client.
	 */
	private static final class Json {

		private static final MessageConverter CONVERTER = create();

		private static MessageConverter create() {
			JacksonJsonMessageConverter converter = new JacksonJsonMessageConverter();
			converter.setSerializedPayloadClass(String.class);
			return converter;
		}

	}

}
