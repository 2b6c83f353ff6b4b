package io.github.resilientws.internal.session;

import java.util.List;
import java.util.function.Supplier;

import io.github.resilientws.internal.connection.ClientConnection;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WriteListener;

/**
 * Takes one connection through the session steps to readiness. Confined to the client's
 * executor.
 */
public final class SessionSteps {

	private final ClientConnection connection;

	// asked each time: an update of the heartbeat compiles all rules anew
	private final Supplier<ProtocolRules> protocol;

	private final SerialExecutor executor;

	private final RestartableTimer alarm;

	// of the time-out, which stands still while nothing is read
	private long leftNanos;

	private long readingSinceNanos;

	private int step;

	private boolean running;

	public SessionSteps(SerialExecutor executor, ClientConnection connection, Supplier<ProtocolRules> protocol,
			long timeoutNanos) {
		this.connection = connection;
		this.protocol = protocol;
		this.leftNanos = timeoutNanos;
		this.executor = executor;
		this.alarm = new RestartableTimer(executor);
	}

	public void start() {
		this.running = true;
		begin();
	}

	public void stop() {
		this.running = false;
		this.alarm.cancel();
	}

	/** Time stands still: an answer could not be seen. */
	public void readingSuspended() {
		this.alarm.cancel();
		this.leftNanos -= this.executor.nanoTime() - this.readingSinceNanos;
	}

	public void readingResumed() {
		this.readingSinceNanos = this.executor.nanoTime();
		if (this.running) {
			this.alarm.set(this::timedOut, this.leftNanos);
		}
	}

	/**
	 * Look at a text frame.
	 * @param frame the frame
	 * @return whether it belongs to the present step
	 */
	public boolean takes(ParsedMessage frame) {
		if (!this.running) {
			return false;
		}
		if (isRefused(frame)) {
			return true;
		}
		ProtocolRules.Step current = steps().get(this.step);
		if (current.await() == null || !frame.matches(current.await())) {
			return false;
		}
		this.step++;
		begin();
		return true;
	}

	// a server may refuse an earlier step late
	private boolean isRefused(ParsedMessage frame) {
		for (int i = 0; i <= this.step; i++) {
			for (ProtocolRules.FailOn failOn : steps().get(i).failOn()) {
				if (frame.matches(failOn.when())) {
					this.connection.sessionFailed("session step " + (i + 1) + " was refused", failOn.action());
					return true;
				}
			}
		}
		return false;
	}

	private void begin() {
		while (this.running && this.step < steps().size()) {
			ProtocolRules.Step current = steps().get(this.step);
			if (current.send() != null) {
				this.connection.sendText(current.send(), WriteListener.NONE);
			}
			if (current.await() != null) {
				return;
			}
			this.step++;
		}
		if (this.running) {
			stop();
			this.connection.sessionDone();
		}
	}

	private void timedOut() {
		this.connection.sessionFailed("session step " + (this.step + 1) + " timed out", null);
	}

	private List<ProtocolRules.Step> steps() {
		return this.protocol.get().steps();
	}

}
