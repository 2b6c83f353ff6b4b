package io.github.resilientws.listener;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.GenericMessage;

/**
 * Converts the payload of one parameter with a message converter.
 */
class PayloadReader {

	private final String method;

	private final MessageConverter converter;

	private final MethodParameter parameter;

	private final MessageHeaders noHeaders = new MessageHeaders(null);

	PayloadReader(String method, MessageConverter converter, MethodParameter parameter) {
		this.method = method;
		this.converter = converter;
		this.parameter = parameter;
	}

	@Nullable Object read(String text) {
		Object value;
		try {
			value = convert(new GenericMessage<>(text, this.noHeaders));
		}
		catch (RuntimeException ex) {
			throw new PayloadConversionException(this.method, this.parameter.getExecutable(), ex);
		}
		// a converter returns null both for a JSON null and for a type that it does not
		// support
		if (value == null && (!text.strip().equals("null") || this.parameter.getParameterType().isPrimitive())) {
			throw new PayloadConversionException(this.method, this.parameter.getExecutable(), null);
		}
		return value;
	}

	private @Nullable Object convert(Message<String> message) {
		Class<?> type = this.parameter.getParameterType();
		return (this.converter instanceof SmartMessageConverter smart)
				? smart.fromMessage(message, type, this.parameter) : this.converter.fromMessage(message, type);
	}

}
