package io.github.resilientws.internal.session;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.request.Reply;
import io.github.resilientws.internal.request.ReplyHandler;
import io.github.resilientws.internal.request.TemplateSender;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WriteListener;

/**
 * Performs the session steps of one connection, from the handshake to readiness. Confined
 * to the client's executor.
 */
public final class SessionSteps {

	private final SerialExecutor executor;

	private final SessionListener listener;

	private final TemplateSender sender;

	// an update of the heartbeat compiles all rules again
	private final Supplier<ProtocolRules> rules;

	private final long timeoutNanos;

	private final Supplier<Duration> heartbeatInterval;

	private final RestartableTimer timer;

	private final RestartableTimer repeatTimer;

	// created by the first step
	private @Nullable BitSet skipped;

	private boolean running;

	private boolean reading;

	private int step;

	// remaining time-out, which is paused while reading is suspended
	private long remainingNanos;

	private long readingSinceNanos;

	/**
	 * Create the steps of a connection.
	 * @param executor the client's executor
	 * @param listener receives the end of the steps
	 * @param sender sends the texts of steps
	 * @param rules returns the current rules
	 * @param timeoutNanos limit of all steps together
	 * @param heartbeatInterval returns the heartbeat interval in force
	 */
	public SessionSteps(SerialExecutor executor, SessionListener listener, TemplateSender sender,
			Supplier<ProtocolRules> rules, long timeoutNanos, Supplier<Duration> heartbeatInterval) {
		this.executor = executor;
		this.listener = listener;
		this.sender = sender;
		this.rules = rules;
		this.timeoutNanos = timeoutNanos;
		this.heartbeatInterval = heartbeatInterval;
		this.timer = new RestartableTimer(executor);
		this.repeatTimer = new RestartableTimer(executor);
		this.remainingNanos = timeoutNanos;
	}

	/** Begin with the first step. */
	public void start() {
		this.running = true;
		proceed();
	}

	/** The connection ends, or the steps are done. */
	public void stop() {
		this.running = false;
		this.timer.cancel();
		this.repeatTimer.cancel();
	}

	/** Reading was suspended: pause the time-out. */
	public void readingSuspended() {
		this.reading = false;
		this.timer.cancel();
		this.remainingNanos -= this.executor.nanoTime() - this.readingSinceNanos;
	}

	/** Reading was resumed: continue the time-out. */
	public void readingResumed() {
		this.reading = true;
		startTimeout();
	}

	// only the reply, recognised by its id, is an answer to such a step
	private void onReply(int replied, Reply reply) {
		if (!this.running || replied != this.step) {
			return;
		}
		ProtocolRules.Step current = steps().get(replied);
		ProtocolRules.FailOn failOn = current.refusal(reply.message());
		if (failOn != null) {
			refuse(replied, failOn);
			return;
		}
		if (reply.refused() || (current.await() != null && !reply.message().matches(current.await()))) {
			this.listener.onSessionFailed("session.steps[" + replied + "] was refused", ReconnectAction.REFRESH);
			return;
		}
		this.repeatTimer.cancel();
		this.step++;
		proceed();
	}

	/**
	 * Offer a text message to the current step.
	 * @param message the message
	 * @return whether it belongs to the current step, and whether listeners see it
	 */
	public Handling handle(ParsedMessage message) {
		if (!this.running) {
			return Handling.NONE;
		}
		Handling refusal = handleRefusal(message);
		if (refusal != Handling.NONE) {
			return refusal;
		}
		ProtocolRules.Step current = steps().get(this.step);
		if (isAnswered(current) || current.await() == null || !message.matches(current.await())) {
			return Handling.NONE;
		}
		this.repeatTimer.cancel();
		this.step++;
		proceed();
		return Handling.of(current.hidden());
	}

	private boolean isAnswered(ProtocolRules.Step step) {
		return step.send() != null && this.sender.isAnswered(step.send());
	}

	// a server may refuse an earlier step late
	private Handling handleRefusal(ParsedMessage message) {
		for (int i = 0; i <= this.step; i++) {
			ProtocolRules.Step candidate = steps().get(i);
			if (!wasSkipped(i) && !isAnswered(candidate)) {
				ProtocolRules.FailOn failOn = candidate.refusal(message);
				if (failOn != null) {
					refuse(i, failOn);
					return Handling.of(candidate.hidden());
				}
			}
		}
		return Handling.NONE;
	}

	private boolean wasSkipped(int earlier) {
		return this.skipped != null && this.skipped.get(earlier);
	}

	private void refuse(int refused, ProtocolRules.FailOn failOn) {
		if (!failOn.repeat()) {
			this.listener.onSessionFailed("session.steps[" + refused + "] was refused", failOn.action());
		}
		else if (!this.repeatTimer.isSet()) {
			this.step = refused;
			Duration after = (failOn.after() != null) ? failOn.after() : this.heartbeatInterval.get();
			this.repeatTimer.set(this::proceed, Nanos.of(after));
			this.remainingNanos = this.timeoutNanos + Nanos.of(after);
			startTimeout();
		}
	}

	private void startTimeout() {
		this.readingSinceNanos = this.executor.nanoTime();
		if (this.running && this.reading) {
			this.timer.set(this::onTimeout, this.remainingNanos);
		}
	}

	private void proceed() {
		while (this.running && this.step < steps().size()) {
			ProtocolRules.Step current = steps().get(this.step);
			boolean skip = isSkipped(current);
			if (this.skipped == null) {
				this.skipped = new BitSet();
			}
			this.skipped.set(this.step, skip);
			if (!skip && current.send() != null) {
				this.sender.send(current.send(), WriteListener.NONE, new StepReply(this.step, current.hidden()));
			}
			if (!skip && (current.await() != null || isAnswered(current))) {
				return;
			}
			this.step++;
		}
		if (this.running) {
			stop();
			this.listener.onSessionReady();
		}
	}

	private boolean isSkipped(ProtocolRules.Step step) {
		return (!step.onlyIf().isEmpty() && !this.sender.hasValue(step.onlyIf()))
				|| (!step.unless().isEmpty() && this.sender.hasValue(step.unless()));
	}

	private void onTimeout() {
		this.listener.onSessionFailed("session.steps[" + this.step + "] timed out", null);
	}

	private List<ProtocolRules.Step> steps() {
		return this.rules.get().steps();
	}

	private final class StepReply implements ReplyHandler {

		private final int step;

		private final boolean hidden;

		StepReply(int step, boolean hidden) {
			this.step = step;
			this.hidden = hidden;
		}

		@Override
		public void onReply(Reply reply) {
			SessionSteps.this.onReply(this.step, reply);
		}

		@Override
		public boolean hidesReply() {
			return this.hidden;
		}

		// session.timeout applies
		@Override
		public boolean hasTimeout() {
			return false;
		}

	}

	/**
	 * What the steps did with a message.
	 */
	public enum Handling {

		/** It belongs to no step. */
		NONE,

		/** It belongs to a step, and listeners do not see it. */
		HIDDEN,

		/** It belongs to a step, and listeners see it, too. */
		SHOWN;

		private static Handling of(boolean hidden) {
			return hidden ? HIDDEN : SHOWN;
		}

	}

}
