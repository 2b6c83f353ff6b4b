package io.github.resilientws.internal;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.converter.MessageConversionException;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.internal.monitoring.LoggingErrorHandler;

import static org.assertj.core.api.Assertions.assertThat;

class LoggingErrorHandlerTests {

	private static final InboundMessage MESSAGE = InboundMessage.text("secret payload");

	private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingErrorHandler.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	// near the end of the range of nanoTime, which may overflow
	private long now = Long.MAX_VALUE - 10;

	private final LoggingErrorHandler handler = new LoggingErrorHandler(() -> this.now);

	@BeforeEach
	void listen() {
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.appender);
	}

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
