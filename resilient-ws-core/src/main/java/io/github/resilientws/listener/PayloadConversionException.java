package io.github.resilientws.listener;

import java.lang.reflect.Executable;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConversionException;

/**
 * A message could not be converted to the payload type of a listener method. The text
 * names the method.
 */
class PayloadConversionException extends MessageConversionException {

	PayloadConversionException(String description, Executable method, @Nullable Throwable cause) {
		super(description + ": the message can't be read as its payload", cause);
		setStackTrace(new StackTraceElement[] {
				new StackTraceElement(method.getDeclaringClass().getName(), method.getName(), null, -1) });
	}

}
