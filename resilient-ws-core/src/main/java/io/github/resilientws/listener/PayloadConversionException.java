package io.github.resilientws.listener;

import java.lang.reflect.Executable;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConversionException;

import io.github.resilientws.DescribedFailure;

/**
 * A message could not be converted to the payload type of a listener method. The text
 * names the method.
 */
class PayloadConversionException extends MessageConversionException implements DescribedFailure {

	PayloadConversionException(String description, Executable method, @Nullable Throwable cause) {
		super(description + ": the message can't be read as its payload", cause);
		setStackTrace(new StackTraceElement[] {
				new StackTraceElement(method.getDeclaringClass().getName(), method.getName(), null, -1) });
	}

	@Override
	public String getDescription() {
		return "the payload cannot be read";
	}

}
