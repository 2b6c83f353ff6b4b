package io.github.resilientws.internal.inbound;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;

import org.jctools.queues.atomic.SpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.answer.Question;
import io.github.resilientws.internal.answer.Questions;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.execution.QueueDrainer;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Passes messages to the listeners through a bounded buffer that callback threads drain.
 */
public final class BufferedDispatcher extends InboundDispatcher implements QueueDrainer.Source {

	private static final int CHUNK = 64;

	private final InboundBuffer buffer;

	// those of the buffer that are questions, were read or have listeners of their own
	private final Queue<AddressedMessage> addressed = new SpscUnboundedAtomicArrayQueue<>(CHUNK);

	private final Statistics statistics;

	private final SerialExecutor executor;

	private final QueueDrainer drainer;

	private final Runnable wakeUp = this::wakeUp;

	// belongs to the executor
	private boolean wakeUpPending;

	/**
	 * Create a dispatcher.
	 * @param settings bounds of the messages that wait for the listeners
	 * @param invoker calls the listeners
	 * @param statistics counts messages
	 * @param threads threads of the listeners
	 * @param questions the questions that are not answered yet
	 * @param failures receives failures of our own code, and has the client's executor
	 */
	public BufferedDispatcher(InboundSettings settings, ListenerInvoker invoker, Statistics statistics,
			CallbackThreads threads, Questions questions, InternalFailures failures) {
		super(invoker, questions);
		this.buffer = new InboundBuffer(settings, () -> failures.post(this::resumeReading));
		this.statistics = statistics;
		this.executor = failures.guardedExecutor();
		this.drainer = new QueueDrainer(this, threads, false, failures);
	}

	@Override
	public boolean put(InboundMessage message, @Nullable ParsedMessage parsed,
			List<? extends WebSocketMessageListener> listeners) {
		if (parsed != null || !listeners.isEmpty()) {
			this.addressed.add(new AddressedMessage(message, parsed, null, listeners));
		}
		return put(message);
	}

	private boolean put(InboundMessage message) {
		boolean room = this.buffer.put(message);
		if (!this.wakeUpPending) {
			this.wakeUpPending = true;
			wakeUpSoon();
		}
		return room;
	}

	@Override
	public boolean put(Question question, List<? extends WebSocketMessageListener> listeners) {
		this.addressed.add(new AddressedMessage(question.message(), question.parsed(), question, listeners));
		return put(question.message()) && !questions().isFull();
	}

	// once after everything that was read: waking a thread costs more than a message
	private void wakeUpSoon() {
		try {
			this.executor.execute(this.wakeUp);
		}
		catch (RejectedExecutionException ex) {
			wakeUp();
		}
	}

	private void wakeUp() {
		this.wakeUpPending = false;
		// a full fence: either a drain that is ending sees the new messages, or this
		// thread sees its end
		VarHandle.fullFence();
		this.drainer.wakeUp();
	}

	@Override
	public boolean isCurrent() {
		return this.drainer.isCurrent();
	}

	@Override
	public boolean isFull() {
		return this.buffer.isFull() || super.isFull();
	}

	@Override
	public int size() {
		return this.buffer.size();
	}

	@Override
	public boolean runNext() {
		InboundMessage message = this.buffer.poll();
		if (message == null) {
			return false;
		}
		this.statistics.handled();
		try {
			invoke(message);
		}
		finally {
			this.buffer.handled(message);
		}
		return true;
	}

	private void invoke(InboundMessage message) {
		AddressedMessage next = this.addressed.peek();
		if (next == null || next.message() != message) {
			invoker().invoke(message, null, null, List.of());
			return;
		}
		this.addressed.poll();
		invoker().invoke(message, next.parsed(), next.question(), next.listeners());
	}

	@Override
	public boolean isEmpty() {
		return this.buffer.isEmpty();
	}

	private record AddressedMessage(InboundMessage message, @Nullable ParsedMessage parsed, @Nullable Question question,
			List<? extends WebSocketMessageListener> listeners) {

	}

}
