package io.github.resilientws.internal.execution;

import java.util.Arrays;
import java.util.List;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.converter.MessageConversionException;

/**
 * Says what failed and where, without the text of the exception: it may quote the
 * message.
 */
public final class FailureDescription {

	private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

	private FailureDescription() {
	}

	public static String describe(Throwable failure) {
		Throwable kind = (failure instanceof MessageConversionException)
				? NestedExceptionUtils.getMostSpecificCause(failure) : failure;
		return kind.getClass().getName() + " at "
				+ Arrays.stream(failure.getStackTrace())
					.filter((frame) -> JDK.stream().noneMatch(frame.getClassName()::startsWith))
					.findFirst()
					.map(StackTraceElement::toString)
					.orElse("an unknown place");
	}

}
