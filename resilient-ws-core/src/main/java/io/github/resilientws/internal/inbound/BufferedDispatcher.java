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

/**
 * Passes messages to the listeners through a bounded buffer that callback threads drain.
 */
public final class BufferedDispatcher extends InboundDispatcher {

	private static final int CHUNK = 64;

	private final InboundSettings settings;

	// both are created by the executor, for the first message
	private volatile @Nullable InboundBuffer buffer;

	// messages of the buffer that are questions, were read or have listeners of their own
	private volatile @Nullable Queue<AddressedMessage> addressed;

	private final Statistics statistics;

	private final InternalFailures failures;

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
	 * @param questions the questions that are not answered yet, or {@code null} if there
	 * are none
	 * @param failures receives failures of our own code, and has the client's executor
	 */
	public BufferedDispatcher(InboundSettings settings, ListenerInvoker invoker, Statistics statistics,
			CallbackThreads threads, @Nullable Questions questions, InternalFailures failures) {
		super(invoker, questions);
		this.settings = settings;
		this.statistics = statistics;
		this.failures = failures;
		this.drainer = new BufferDrainer(threads, failures);
	}

	@Override
	public boolean put(InboundMessage message, @Nullable ParsedMessage parsed,
			List<? extends WebSocketMessageListener> listeners) {
		if (parsed != null || !listeners.isEmpty()) {
			add(new AddressedMessage(message, parsed, null, listeners));
		}
		return put(message);
	}

	private void add(AddressedMessage message) {
		Queue<AddressedMessage> queue = this.addressed;
		if (queue == null) {
			queue = new SpscUnboundedAtomicArrayQueue<>(CHUNK);
			this.addressed = queue;
		}
		queue.add(message);
	}

	private boolean put(InboundMessage message) {
		InboundBuffer current = this.buffer;
		if (current == null) {
			current = new InboundBuffer(this.settings, () -> this.failures.post(this::resumeReading));
			this.buffer = current;
		}
		boolean room = current.put(message);
		if (!this.wakeUpPending) {
			this.wakeUpPending = true;
			wakeUpSoon();
		}
		return room;
	}

	@Override
	public boolean put(Question question, List<? extends WebSocketMessageListener> listeners) {
		add(new AddressedMessage(question.message(), question.parsed(), question, listeners));
		return put(question.message()) && !super.isFull();
	}

	// once after everything that was read: waking a thread costs more than a message
	private void wakeUpSoon() {
		try {
			this.failures.guardedExecutor().execute(this.wakeUp);
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
		InboundBuffer current = this.buffer;
		return (current != null && current.isFull()) || super.isFull();
	}

	@Override
	public int size() {
		InboundBuffer current = this.buffer;
		return (current != null) ? current.size() : 0;
	}

	private boolean handleNext() {
		InboundBuffer current = this.buffer;
		InboundMessage message = (current != null) ? current.poll() : null;
		if (current == null || message == null) {
			return false;
		}
		this.statistics.handled();
		try {
			invoke(message);
		}
		finally {
			current.handled(message);
		}
		return true;
	}

	private void invoke(InboundMessage message) {
		Queue<AddressedMessage> queue = this.addressed;
		AddressedMessage next = (queue != null) ? queue.peek() : null;
		if (queue == null || next == null || next.message() != message) {
			invoker().invoke(message, null, null, List.of());
			return;
		}
		queue.poll();
		invoker().invoke(message, next.parsed(), next.question(), next.listeners());
	}

	/**
	 * Drains the buffer on threads of the listeners.
	 */
	private final class BufferDrainer extends QueueDrainer {

		BufferDrainer(CallbackThreads threads, InternalFailures failures) {
			super(threads, false, failures);
		}

		@Override
		protected boolean processNext() {
			return handleNext();
		}

		@Override
		protected boolean isEmpty() {
			InboundBuffer current = BufferedDispatcher.this.buffer;
			return current == null || current.isEmpty();
		}

	}

	private record AddressedMessage(InboundMessage message, @Nullable ParsedMessage parsed, @Nullable Question question,
			List<? extends WebSocketMessageListener> listeners) {

	}

}
