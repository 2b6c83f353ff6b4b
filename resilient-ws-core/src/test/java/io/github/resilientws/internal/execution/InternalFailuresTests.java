package io.github.resilientws.internal.execution;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.transport.SerialExecutor;

import static org.assertj.core.api.Assertions.assertThat;

class InternalFailuresTests {

	@RegisterExtension
	final CapturedLog appender = new CapturedLog(InternalFailures.class);

	private final AtomicInteger ended = new AtomicInteger();

	private final InternalFailures failures = failures(new InlineExecutor(), this.ended::incrementAndGet);

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
