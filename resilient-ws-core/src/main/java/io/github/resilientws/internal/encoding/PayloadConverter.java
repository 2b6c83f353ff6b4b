package io.github.resilientws.internal.encoding;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Converts the objects of {@code convertAndSend} to texts or bytes, and replies to
 * objects.
 */
public final class PayloadConverter {

	private static final boolean JACKSON = ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper",
			PayloadConverter.class.getClassLoader());

	private static final String NO_CONVERTER = "no MessageConverter is configured and jackson-databind is not on the"
			+ " class path";

	private static final JsonFactory JSON = new JsonFactory();

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
		MessageConverter converter = converter();
		if (converter == null) {
			throw new MessageConversionException(
					"cannot convert " + payload.getClass().getName() + ": " + NO_CONVERTER);
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

	/**
	 * Read JSON.
	 * @param json the JSON, or {@code null} for none
	 * @param type type of the result; as a {@code String}, a JSON string is its content,
	 * and any other value is its JSON, as for listeners
	 * @return the result, or {@code null} for no JSON, for a JSON null, and for type
	 * {@code Void}
	 * @throws MessageConversionException if it cannot be read as the type
	 */
	public @Nullable Object read(@Nullable String json, Type type) {
		if (json == null || type == Void.class || json.strip().equals("null")) {
			return null;
		}
		if (type == String.class) {
			return json.stripLeading().startsWith("\"") ? content(json) : json;
		}
		Class<?> target = ResolvableType.forType(type).toClass();
		MessageConverter converter = converter();
		if (converter == null) {
			throw new MessageConversionException("cannot read " + type.getTypeName() + ": " + NO_CONVERTER);
		}
		Message<String> message = new GenericMessage<>(json);
		Object value = (target != type && converter instanceof SmartMessageConverter smart)
				? smart.fromMessage(message, target, new TypeHint(type)) : converter.fromMessage(message, target);
		if (value == null) {
			throw new MessageConversionException(
					"cannot read " + type.getTypeName() + " by " + converter.getClass().getName());
		}
		return value;
	}

	private @Nullable MessageConverter converter() {
		return (this.given == null && JACKSON) ? Json.CONVERTER : this.given;
	}

	// a converter would return the JSON itself, in quotes
	private static String content(String json) {
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
			parser.nextToken();
			String content = parser.getString();
			return (parser.nextToken() == null) ? content : json;
		}
		catch (JacksonException ex) {
			return json;
		}
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
	 * Shows a generic type to a converter, which looks for it at a parameter.
	 */
	private static final class TypeHint extends MethodParameter {

		private static final Method HOST = ClassUtils.getMethod(Object.class, "toString");

		private final Type type;

		TypeHint(Type type) {
			super(HOST, -1);
			this.type = type;
		}

		@Override
		public Class<?> getParameterType() {
			return ResolvableType.forType(this.type).toClass();
		}

		@Override
		public Type getGenericParameterType() {
			return this.type;
		}

		@Override
		public Type getNestedGenericParameterType() {
			return this.type;
		}

		@Override
		public MethodParameter nestedIfOptional() {
			return this;
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
