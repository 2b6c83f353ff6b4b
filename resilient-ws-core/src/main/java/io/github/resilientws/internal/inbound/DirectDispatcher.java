package io.github.resilientws.internal.inbound;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.answer.Question;
import io.github.resilientws.internal.answer.Questions;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Calls the listeners at once, on the client's executor: they must not block. Warns once
 * about listeners that take long.
 */
public final class DirectDispatcher extends InboundDispatcher {

	private static final Log logger = LogFactory.getLog(DirectDispatcher.class);

	private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final String client;

	private final Statistics statistics;

	private final SerialExecutor executor;

	private boolean warned;

	/**
	 * Create a dispatcher.
	 * @param client name of the client
	 * @param invoker calls the listeners
	 * @param statistics counts messages
	 * @param executor the client's executor
	 * @param questions the questions that are not answered yet, or {@code null} if there
	 * are none
	 */
	public DirectDispatcher(String client, ListenerInvoker invoker, Statistics statistics, SerialExecutor executor,
			@Nullable Questions questions) {
		super(invoker, questions);
		this.client = client;
		this.statistics = statistics;
		this.executor = executor;
	}

	@Override
	public boolean put(InboundMessage message, @Nullable ParsedMessage parsed,
			List<? extends WebSocketMessageListener> listeners) {
		invoke(message, parsed, null, listeners);
		return !isFull();
	}

	@Override
	public boolean put(Question question, List<? extends WebSocketMessageListener> listeners) {
		invoke(question.message(), question.parsed(), question, listeners);
		return !isFull();
	}

	private void invoke(InboundMessage message, @Nullable ParsedMessage parsed, @Nullable Question question,
			List<? extends WebSocketMessageListener> listeners) {
		this.statistics.handled();
		if (this.warned) {
			invoker().invoke(message, parsed, question, listeners);
			return;
		}
		long start = this.executor.nanoTime();
		invoker().invoke(message, parsed, question, listeners);
		long elapsed = this.executor.nanoTime() - start;
		if (elapsed > LIMIT_NANOS) {
			this.warned = true;
			logger.warn("[" + this.client + "] listeners took " + TimeUnit.NANOSECONDS.toMillis(elapsed)
					+ " ms on the event loop, which stops heartbeats and messages of all its clients; with "
					+ "inbound.dispatch: direct they must not block");
		}
	}

	@Override
	public boolean isCurrent() {
		return this.executor.inExecutor();
	}

	@Override
	public int size() {
		return 0;
	}

}
