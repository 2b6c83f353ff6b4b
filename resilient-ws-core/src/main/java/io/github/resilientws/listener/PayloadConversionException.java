package io.github.resilientws.listener;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConversionException;

/**
 * A message could not be read as what a listener method takes.
 */
class PayloadConversionException extends MessageConversionException {

	private final String method;

	PayloadConversionException(String method, @Nullable Throwable cause) {
		super(method + ": the message can't be read as its payload", cause);
		this.method = method;
	}

	String getMethod() {
		return this.method;
	}

}
