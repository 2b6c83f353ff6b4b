package io.github.resilientws;

import java.util.Arrays;
import java.util.List;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.converter.MessageConversionException;

/**
 * Describes a failure for the log by its type and its place. The text of the exception is
 * left out, because it may quote a message or a secret.
 *
 * @since 0.1
 */
public final class FailureDescription {

	private static final List<String> NO_PLACES = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.",
			"org.springframework.util.");

	private FailureDescription() {
	}

	/**
	 * Describe a failure.
	 * @param failure the failure
	 * @return type of the exception, and the first line of its stack trace outside the
	 * JDK and Spring's utilities
	 */
	public static String describe(Throwable failure) {
		Throwable kind = (failure instanceof MessageConversionException)
				? NestedExceptionUtils.getMostSpecificCause(failure) : failure;
		return kind.getClass().getName() + " at "
				+ Arrays.stream(failure.getStackTrace())
					.filter((frame) -> NO_PLACES.stream().noneMatch(frame.getClassName()::startsWith))
					.findFirst()
					.map(StackTraceElement::toString)
					.orElse("an unknown place");
	}

}
