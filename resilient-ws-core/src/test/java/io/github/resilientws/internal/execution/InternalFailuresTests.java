package io.github.resilientws.internal.execution;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.github.resilientws.transport.SerialExecutor;

import static org.assertj.core.api.Assertions.assertThat;

class InternalFailuresTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(InternalFailures.class);

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final AtomicInteger ended = new AtomicInteger();

	private final InternalFailures failures = failures(new InlineExecutor(), this.ended::incrementAndGet);

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
	void aFailedTaskIsLoggedOnceWithItsPlaceAndEndsTheConnection() {
		this.failures.guardedExecutor().execute(InternalFailuresTests::fail);
		assertThat(this.ended).hasValue(1);
		assertThat(lines()).singleElement()
			.asString()
			.startsWith("[chat] internal failure: java.lang.IllegalStateException at "
					+ InternalFailuresTests.class.getName() + ".fail(")
			.doesNotContain("s3cret");
		assertThat(this.appender.list.get(0).getLevel()).isEqualTo(Level.ERROR);
		assertThat(this.appender.list.get(0).getThrowableProxy()).isNull();
	}

	@Test
	void aFailureOfTheEndIsLoggedAndGoesNoFurther() {
		InternalFailures failing = failures(new InlineExecutor(), InternalFailuresTests::fail);
		failing.run(InternalFailuresTests::fail);
		assertThat(lines()).hasSize(2);
		assertThat(lines().get(1)).startsWith("[chat] internal failure at the end of a connection: ");
	}

	@Test
	void nothingHappensOnceTheTransportIsClosed() {
		SerialExecutor closed = new SerialExecutor() {

			@Override
			public void execute(Runnable task) {
				throw new RejectedExecutionException();
			}

			@Override
			public boolean inExecutor() {
				return false;
			}

			@Override
			public long nanoTime() {
				return 0;
			}

			@Override
			public Timer schedule(Runnable task, long delayNanos) {
				throw new RejectedExecutionException();
			}

		};
		failures(closed, this.ended::incrementAndGet).post(InternalFailuresTests::fail);
		assertThat(this.ended).hasValue(0);
		assertThat(lines()).isEmpty();
	}

	private static InternalFailures failures(SerialExecutor executor, Runnable endConnection) {
		InternalFailures failures = new InternalFailures("chat", executor);
		failures.setEndConnection(endConnection);
		return failures;
	}

	private static void fail() {
		throw new IllegalStateException("s3cret");
	}

	private List<String> lines() {
		return this.appender.list.stream()
			.filter((event) -> event.getLevel().isGreaterOrEqual(Level.WARN))
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

}
