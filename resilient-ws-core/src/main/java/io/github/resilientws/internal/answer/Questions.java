package io.github.resilientws.internal.answer;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.QuestionOutcome;
import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.protocol.JsonValue;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The questions of the server that a client has not answered yet, on all of its
 * connections. Their number is bounded: a client with too many stops reading. Confined to
 * the client's executor, but for the conversion of values.
 */
public final class Questions {

	private static final int MAX_IN_PROGRESS = 1000;

	private final InternalFailures failures;

	private final ObserverNotifier notifier;

	private final PayloadConverter converter;

	private int inProgress;

	// written once, before the first question
	private Runnable roomListener = () -> {
	};

	/**
	 * Create an empty set.
	 * @param failures receives failures of our own code, and has the client's executor
	 * @param notifier notifies the observers
	 * @param converter converts the values of listeners
	 */
	public Questions(InternalFailures failures, ObserverNotifier notifier, PayloadConverter converter) {
		this.failures = failures;
		this.notifier = notifier;
		this.converter = converter;
	}

	/**
	 * Set the task that resumes reading. Called once, before the first question.
	 * @param roomListener the task, which runs on the client's executor when there is
	 * room for a question again
	 */
	public void setRoomListener(Runnable roomListener) {
		this.roomListener = roomListener;
	}

	public boolean isFull() {
		return this.inProgress >= MAX_IN_PROGRESS;
	}

	void add() {
		this.inProgress++;
	}

	void remove() {
		this.inProgress--;
		if (this.inProgress == MAX_IN_PROGRESS - 1) {
			this.roomListener.run();
		}
	}

	void ended(QuestionOutcome outcome, long askedNanos) {
		this.notifier.questionEnded(outcome, Duration.ofNanos(executor().nanoTime() - askedNanos));
	}

	SerialExecutor executor() {
		return this.failures.guardedExecutor();
	}

	void post(Runnable task) {
		this.failures.post(task);
	}

	/**
	 * Convert a value to what a template writes. May be called by any thread.
	 * @param value the value
	 * @return a JSON value, a text, or bytes; {@code null} for {@code null}
	 */
	@Nullable Object convert(@Nullable Object value) {
		if (value == null || value instanceof String) {
			return value;
		}
		Object converted = this.converter.convert(value);
		return (converted instanceof String json) ? new JsonValue(json) : converted;
	}

}
