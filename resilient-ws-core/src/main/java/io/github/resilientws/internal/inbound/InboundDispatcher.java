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
 * Passes messages from the client's executor to the listeners, in order, through a
 * bounded buffer that callback threads drain.
 */
public final class InboundDispatcher implements QueueDrainer.Source {

	private static final int CHUNK = 64;

	private final InboundBuffer buffer;

	// those of the buffer that are questions, were read or have listeners of their own
	private final Queue<AddressedMessage> addressed = new SpscUnboundedAtomicArrayQueue<>(CHUNK);

	private final ListenerInvoker invoker;

	private final Statistics statistics;

	private final SerialExecutor executor;

	private final Questions questions;

	private final QueueDrainer drainer;

	private final InternalFailures failures;

	// written once, before the first message
	private Runnable roomListener = () -> {
	};

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
	public InboundDispatcher(InboundSettings settings, ListenerInvoker invoker, Statistics statistics,
			CallbackThreads threads, Questions questions, InternalFailures failures) {
		this.buffer = new InboundBuffer(settings, this::onRoom);
		this.invoker = invoker;
		this.statistics = statistics;
		this.executor = failures.guardedExecutor();
		this.questions = questions;
		this.failures = failures;
		this.drainer = new QueueDrainer(this, threads, false, failures);
		questions.setRoomListener(this::resumeReading);
	}

	/**
	 * Set the task that resumes reading. Called once, before the first message.
	 * @param roomListener the task, which runs on the client's executor once half of a
	 * full buffer is free again, and there is room for questions
	 */
	public void setRoomListener(Runnable roomListener) {
		this.roomListener = roomListener;
	}

	private void onRoom() {
		this.failures.post(this::resumeReading);
	}

	private void resumeReading() {
		if (!isFull()) {
			this.roomListener.run();
		}
	}

	/**
	 * Return the questions of the server that are not answered yet.
	 * @return the questions
	 */
	public Questions questions() {
		return this.questions;
	}

	public void addListener(WebSocketMessageListener listener) {
		this.invoker.addListener(listener);
	}

	public void removeListener(WebSocketMessageListener listener) {
		this.invoker.removeListener(listener);
	}

	/**
	 * Pass a message on to additional listeners, too. Called on the client's executor.
	 * @param message the message
	 * @param parsed the message as the rules of the client read it, retained, or
	 * {@code null} if it was not read
	 * @param listeners listeners of this message, called before those of the client
	 * @return {@code false} if the buffer is full now, so that reading has to stop
	 */
	public boolean put(InboundMessage message, @Nullable ParsedMessage parsed,
			List<? extends WebSocketMessageListener> listeners) {
		if (parsed != null || !listeners.isEmpty()) {
			this.addressed.add(new AddressedMessage(message, parsed, null, listeners));
		}
		return put(message);
	}

	/**
	 * Pass a message on. Called on the client's executor.
	 * @param message the message
	 * @return {@code false} if the buffer is full now, so that reading has to stop
	 */
	public boolean put(InboundMessage message) {
		boolean room = this.buffer.put(message);
		if (!this.wakeUpPending) {
			this.wakeUpPending = true;
			wakeUpSoon();
		}
		return room;
	}

	/**
	 * Pass a question on. Called on the client's executor.
	 * @param question the question
	 * @param listeners listeners of its message, called before those of the client
	 * @return {@code false} if reading has to stop
	 */
	public boolean put(Question question, List<? extends WebSocketMessageListener> listeners) {
		this.addressed.add(new AddressedMessage(question.message(), question.parsed(), question, listeners));
		return put(question.message()) && !this.questions.isFull();
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

	/**
	 * Return whether the caller is a listener of this client.
	 * @return whether this is the thread that calls listeners
	 */
	public boolean isCurrent() {
		return this.drainer.isCurrent();
	}

	/**
	 * Return whether reading has to stop. Called on the client's executor.
	 * @return whether the buffer is full, or too many questions are not answered yet
	 */
	public boolean isFull() {
		return this.buffer.isFull() || this.questions.isFull();
	}

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
			this.invoker.invoke(message, null, null, List.of());
			return;
		}
		this.addressed.poll();
		this.invoker.invoke(message, next.parsed(), next.question(), next.listeners());
	}

	@Override
	public boolean isEmpty() {
		return this.buffer.isEmpty();
	}

	private record AddressedMessage(InboundMessage message, @Nullable ParsedMessage parsed, @Nullable Question question,
			List<? extends WebSocketMessageListener> listeners) {

	}

}
