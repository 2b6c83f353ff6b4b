package io.github.resilientws.internal.inbound;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.internal.answer.Questions;
import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.execution.InlineExecutor;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.protocol.MessageRulesRegistry;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.test.VirtualExecutor;
import io.github.resilientws.transport.SerialExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

class BufferedDispatcherTests {

	private static final InboundMessage MESSAGE = InboundMessage.text("x");

	private final CallbackThreads threads = CallbackThreads.platform(1);

	private final AtomicInteger failures = new AtomicInteger();

	private final List<String> received = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.threads.close();
	}

	/**
	 * The producer adds each message while the drain of the one before ends. With an
	 * ordered store followed by a plain look at the state, a message was left behind
	 * every few seconds.
	 */
	@Test
	void noMessageIsLeftBehindWhenADrainEnds() {
		AtomicLong handled = new AtomicLong();
		InboundDispatcher dispatcher = dispatcher(new InlineExecutor());
		dispatcher.addListener((message) -> handled.lazySet(handled.get() + 1));
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
		for (int messages = 1; System.nanoTime() < end; messages++) {
			put(dispatcher, MESSAGE);
			int sent = messages;
			spin(messages % 64);
			for (int i = 0; i < 1_000_000 && handled.get() < sent; i++) {
				Thread.onSpinWait();
			}
			if (handled.get() < sent) {
				// a busy machine, or a message that no thread will take
				await().untilAtomic(handled, is((long) sent));
			}
		}
	}

	private static void spin(int times) {
		for (int i = 0; i < times; i++) {
			Thread.onSpinWait();
		}
	}

	@Test
	void oneWakeUpServesAllThatIsReadAtOnce() {
		VirtualExecutor executor = new VirtualExecutor();
		AtomicInteger tasks = new AtomicInteger();
		InboundDispatcher dispatcher = dispatcher(counting(executor, tasks));
		dispatcher.addListener((message) -> this.received.add(message.text()));
		executor.execute(() -> {
			for (int i = 0; i < 100; i++) {
				put(dispatcher, InboundMessage.text("message " + i));
			}
			assertThat(this.received).isEmpty();
		});
		await().until(() -> this.received.size() == 100);
		assertThat(tasks).hasValue(1);
		assertThat(this.received).startsWith("message 0", "message 1").endsWith("message 99");
	}

	@Test
	void aFailureOfOurOwnCodeIsReportedAndTheNextMessageComes() {
		InboundDispatcher dispatcher = dispatcher(new InlineExecutor(), new InboundSettings(1, 100));
		dispatcher.setRoomListener(() -> {
			throw new IllegalStateException("no room is wanted");
		});
		dispatcher.addListener((message) -> this.received.add(message.text()));
		put(dispatcher, MESSAGE);
		await().untilAtomic(this.failures, is(1));
		put(dispatcher, MESSAGE);
		await().until(() -> this.received.size() == 2);
	}

	@Test
	void listenersKnowThatTheyAreCalled() {
		InboundDispatcher dispatcher = dispatcher(new InlineExecutor());
		dispatcher.addListener((message) -> this.received.add("" + dispatcher.isCurrent()));
		put(dispatcher, MESSAGE);
		await().until(() -> !this.received.isEmpty());
		assertThat(this.received).containsExactly("true");
		assertThat(dispatcher.isCurrent()).isFalse();
	}

	private static void put(InboundDispatcher dispatcher, InboundMessage message) {
		dispatcher.put(message, null, List.of());
	}

	private InboundDispatcher dispatcher(SerialExecutor executor) {
		return dispatcher(executor, new InboundSettings(1024, 100_000));
	}

	private InboundDispatcher dispatcher(SerialExecutor executor, InboundSettings settings) {
		ListenerInvoker invoker = new ListenerInvoker("chat", List.of(),
				new ListenerFailures("chat", (client, message, failure) -> {
				}, Runnable::run), null, executor::nanoTime, new MessageRulesRegistry());
		InternalFailures internalFailures = new InternalFailures("chat", executor);
		internalFailures.setEndConnection(this.failures::incrementAndGet);
		Questions questions = new Questions(internalFailures, new ObserverNotifier("chat", Runnable::run, List.of()),
				new PayloadConverter(null));
		return new BufferedDispatcher(settings, invoker, new Statistics(executor::nanoTime), this.threads, questions,
				internalFailures);
	}

	private static SerialExecutor counting(VirtualExecutor executor, AtomicInteger tasks) {
		return new SerialExecutor() {

			@Override
			public void execute(Runnable task) {
				tasks.incrementAndGet();
				executor.execute(task);
			}

			@Override
			public boolean inExecutor() {
				return executor.inExecutor();
			}

			@Override
			public long nanoTime() {
				return executor.nanoTime();
			}

			@Override
			public Timer schedule(Runnable task, long delayNanos) {
				return executor.schedule(task, delayNanos);
			}

		};
	}

}
