package io.github.resilientws.internal.inbound;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.internal.answer.Questions;
import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.protocol.MessageRulesRegistry;
import io.github.resilientws.test.VirtualExecutor;
import io.github.resilientws.transport.SerialExecutor;

import static org.assertj.core.api.Assertions.assertThat;

class DirectDispatcherTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(DirectDispatcher.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final VirtualExecutor executor = new VirtualExecutor();

	private final DirectDispatcher dispatcher = dispatcher(this.executor);

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.dispatcher.addListener((message) -> this.executor.advance(Duration.ofMillis(message.text().length())));
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.log);
	}

	@Test
	void warnsOnceAboutListenersThatTakeLong() {
		for (int millis : new int[] { 10, 25, 30 }) {
			assertThat(this.dispatcher.put(InboundMessage.text("x".repeat(millis)), null, List.of())).isTrue();
		}
		assertThat(this.log.list).singleElement().satisfies((line) -> {
			assertThat(line.getLevel()).isEqualTo(Level.WARN);
			assertThat(line.getFormattedMessage()).startsWith("[chat] listeners took 25 ms")
				.contains("inbound.dispatch: direct");
		});
	}

	private static DirectDispatcher dispatcher(SerialExecutor executor) {
		ListenerInvoker invoker = new ListenerInvoker("chat", List.of(),
				new ListenerFailures("chat", (client, message, failure) -> {
				}, Runnable::run), null, executor::nanoTime, new MessageRulesRegistry());
		Questions questions = new Questions(new InternalFailures("chat", executor),
				new ObserverNotifier("chat", Runnable::run, List.of()), new PayloadConverter(null));
		return new DirectDispatcher("chat", invoker, new Statistics(executor::nanoTime), executor, questions);
	}

}
