package io.github.resilientws.internal.session;

import java.util.List;
import java.util.function.Supplier;

import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.request.Reply;
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

	private final RestartableTimer timer;

	private boolean running;

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
	 */
	public SessionSteps(SerialExecutor executor, SessionListener listener, TemplateSender sender,
			Supplier<ProtocolRules> rules, long timeoutNanos) {
		this.executor = executor;
		this.listener = listener;
		this.sender = sender;
		this.rules = rules;
		this.timer = new RestartableTimer(executor);
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
	}

	/** Reading was suspended: pause the time-out. */
	public void readingSuspended() {
		this.timer.cancel();
		this.remainingNanos -= this.executor.nanoTime() - this.readingSinceNanos;
	}

	/** Reading was resumed: continue the time-out. */
	public void readingResumed() {
		this.readingSinceNanos = this.executor.nanoTime();
		if (this.running) {
			this.timer.set(this::onTimeout, this.remainingNanos);
		}
	}

	// only the reply, recognised by its id, is an answer to such a step
	private void onReply(int replied, Reply reply) {
		if (!this.running || replied != this.step) {
			return;
		}
		ProtocolRules.Step current = steps().get(replied);
		if (isRefusedBy(replied, reply.message())) {
			return;
		}
		if (reply.refused() || (current.await() != null && !reply.message().matches(current.await()))) {
			this.listener.onSessionFailed("session step " + (replied + 1) + " was refused", ReconnectAction.REFRESH);
			return;
		}
		this.step++;
		proceed();
	}

	/**
	 * Offer a text message to the current step.
	 * @param message the message
	 * @return whether it belongs to the current step
	 */
	public boolean handle(ParsedMessage message) {
		if (!this.running) {
			return false;
		}
		if (isRefusal(message)) {
			return true;
		}
		ProtocolRules.Step current = steps().get(this.step);
		if (isAnswered(current) || current.await() == null || !message.matches(current.await())) {
			return false;
		}
		this.step++;
		proceed();
		return true;
	}

	private boolean isAnswered(ProtocolRules.Step step) {
		return step.send() != null && this.sender.isAnswered(step.send());
	}

	// a server may refuse an earlier step late
	private boolean isRefusal(ParsedMessage message) {
		for (int i = 0; i <= this.step; i++) {
			if (!isAnswered(steps().get(i)) && isRefusedBy(i, message)) {
				return true;
			}
		}
		return false;
	}

	private boolean isRefusedBy(int number, ParsedMessage message) {
		for (ProtocolRules.FailOn failOn : steps().get(number).failOn()) {
			if (message.matches(failOn.when())) {
				this.listener.onSessionFailed("session step " + (number + 1) + " was refused", failOn.action());
				return true;
			}
		}
		return false;
	}

	private void proceed() {
		while (this.running && this.step < steps().size()) {
			ProtocolRules.Step current = steps().get(this.step);
			if (current.send() != null) {
				int replied = this.step;
				this.sender.send(current.send(), WriteListener.NONE, (reply) -> onReply(replied, reply));
			}
			if (current.await() != null || isAnswered(current)) {
				return;
			}
			this.step++;
		}
		if (this.running) {
			stop();
			this.listener.onSessionReady();
		}
	}

	private void onTimeout() {
		this.listener.onSessionFailed("session step " + (this.step + 1) + " timed out", null);
	}

	private List<ProtocolRules.Step> steps() {
		return this.rules.get().steps();
	}

}
