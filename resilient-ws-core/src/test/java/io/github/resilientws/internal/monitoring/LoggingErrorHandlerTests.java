package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.messaging.converter.MessageConversionException;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.InboundMessage;

import static org.assertj.core.api.Assertions.assertThat;

class LoggingErrorHandlerTests {

	private static final InboundMessage MESSAGE = InboundMessage.text("secret payload");

	@RegisterExtension
	final CapturedLog appender = new CapturedLog(LoggingErrorHandler.class);

	// near the end of the range of nanoTime, which may overflow
	private long now = Long.MAX_VALUE - 10;

	private final LoggingErrorHandler handler = new LoggingErrorHandler(() -> this.now);

	@Test
	void namesKindAndPlaceButNoText() {
		this.handler.handle("chat", MESSAGE, new IllegalStateException("secret text"));
		assertThat(lines()).singleElement()
			.asString()
			.startsWith("[chat] listener failed: java.lang.IllegalStateException at "
					+ LoggingErrorHandlerTests.class.getName() + ".namesKindAndPlaceButNoText(")
			.doesNotContain("secret");
		assertThat(this.appender.list.get(0).getLevel()).isEqualTo(Level.WARN);
		assertThat(this.appender.list.get(0).getThrowableProxy()).isNull();
	}

	@Test
	void placeIsTheFirstOutsideTheJdk() {
		try {
			Objects.requireNonNull(null);
		}
		catch (NullPointerException ex) {
			this.handler.handle("chat", MESSAGE, ex);
		}
		assertThat(lines()).singleElement().asString().contains(".placeIsTheFirstOutsideTheJdk(");
	}

	@Test
	void conversionFailureNamesItsCause() {
		this.handler.handle("chat", MESSAGE,
				new MessageConversionException("secret", new ArithmeticException("secret")));
		assertThat(lines()).singleElement()
			.asString()
			.startsWith("[chat] listener failed: java.lang.ArithmeticException at ")
			.doesNotContain("secret");
	}

	@Test
	void exceptionWithoutStackTraceIsNamed() {
		IllegalStateException failure = new IllegalStateException();
		failure.setStackTrace(new StackTraceElement[0]);
		this.handler.handle("chat", MESSAGE, failure);
		assertThat(lines()).singleElement().asString().endsWith("IllegalStateException at an unknown place");
	}

	@Test
	void oneLineASecondForEachPlaceWithTheNumberLeftOut() {
		IllegalStateException failure = new IllegalStateException();
		for (int i = 0; i < 4; i++) {
			this.handler.handle("chat", MESSAGE, failure);
		}
		this.handler.handle("chat", MESSAGE, new ArithmeticException());
		assertThat(lines()).hasSize(2);
		this.now += Duration.ofSeconds(1).toNanos();
		this.handler.handle("chat", MESSAGE, failure);
		assertThat(lines()).hasSize(3);
		assertThat(lines().get(2)).endsWith(" (3 more not shown)");
	}

	private List<String> lines() {
		return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
