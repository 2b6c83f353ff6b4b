package io.github.resilientws.listener;

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

import io.github.resilientws.InboundMessage;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultListenerErrorHandlerTests {

	private static final InboundMessage MESSAGE = InboundMessage.text("secret payload");

	private final Logger logger = (Logger) LoggerFactory.getLogger(DefaultListenerErrorHandler.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	// near the end of the range of nanoTime, which may overflow
	private long now = Long.MAX_VALUE - 10;

	private final DefaultListenerErrorHandler handler = new DefaultListenerErrorHandler(() -> this.now);

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
					+ DefaultListenerErrorHandlerTests.class.getName() + ".namesKindAndPlaceButNoText(")
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
	void conversionFailureNamesTheListenerMethod() {
		this.handler.handle("chat", MESSAGE,
				new PayloadConversionException("Chat.on(Line)", new ArithmeticException("secret")));
		assertThat(lines()).containsExactly("[chat] listener failed: java.lang.ArithmeticException at Chat.on(Line)");
	}

	@Test
	void exceptionWithoutStackTraceIsNamed() {
		IllegalStateException failure = new IllegalStateException();
		failure.setStackTrace(new StackTraceElement[0]);
		this.handler.handle("chat", MESSAGE, failure);
		assertThat(lines()).singleElement().asString().endsWith("IllegalStateException at an unknown place");
	}

	@Test
	void oneLineASecondForEachClientWithTheNumberLeftOut() {
		for (int i = 0; i < 4; i++) {
			this.handler.handle("chat", MESSAGE, new IllegalStateException());
		}
		this.handler.handle("feed", MESSAGE, new IllegalStateException());
		assertThat(lines()).hasSize(2);
		this.now += Duration.ofSeconds(1).toNanos();
		this.handler.handle("chat", MESSAGE, new IllegalStateException());
		this.handler.handle("feed", MESSAGE, new IllegalStateException());
		assertThat(lines()).hasSize(4);
		assertThat(lines().get(2)).startsWith("[chat]").endsWith(" (3 more not shown)");
		assertThat(lines().get(3)).startsWith("[feed]").doesNotContain("more");
	}

	private List<String> lines() {
		return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
