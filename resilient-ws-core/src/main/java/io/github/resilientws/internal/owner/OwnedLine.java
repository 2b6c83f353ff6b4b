package io.github.resilientws.internal.owner;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.shared.SharedRoom;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.transport.SerialExecutor;

/**
 * What the owner of a line does each second: it counts the backlog that its outbox does
 * not hold, drops the oldest messages if the settings say so, and looks after the dead
 * letters. Confined to the client's executor.
 */
public final class OwnedLine {

	private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

	// other instances may resubmit or discard dead letters
	private static final int PERIODS_OF_DEAD_LETTERS = 30;

	private final ClientSettings settings;

	private final SerialExecutor executor;

	private final Outbox outbox;

	private final SharedRoom room;

	private final ReadAhead readAhead;

	private final SharedDeadLetters deadLetters;

	// written by the executor
	private volatile SerialExecutor.@Nullable Timer timer;

	private int periods;

	/**
	 * Create the tasks.
	 * @param settings settings of the client
	 * @param executor the client's executor
	 * @param outbox the outbox
	 * @param room counts the backlog
	 * @param readAhead knows whether the outbox holds all messages
	 * @param deadLetters the dead letters
	 */
	public OwnedLine(ClientSettings settings, SerialExecutor executor, Outbox outbox, SharedRoom room,
			ReadAhead readAhead, SharedDeadLetters deadLetters) {
		this.settings = settings;
		this.executor = executor;
		this.outbox = outbox;
		this.room = room;
		this.readAhead = readAhead;
		this.deadLetters = deadLetters;
	}

	void start() {
		stop();
		this.deadLetters.load();
		this.timer = this.executor.schedule(this::run, PERIOD_NANOS);
	}

	void stop() {
		SerialExecutor.Timer started = this.timer;
		if (started != null) {
			started.cancel();
			this.timer = null;
			this.deadLetters.clear();
		}
	}

	private void run() {
		this.timer = this.executor.schedule(this::run, PERIOD_NANOS);
		this.periods++;
		if (this.periods % PERIODS_OF_DEAD_LETTERS == 0 && this.deadLetters.size() > 0) {
			this.deadLetters.load();
		}
		if (this.settings.queue().overflow() == Overflow.DROP_OLDEST) {
			dropOldest();
		}
		if (this.readAhead.isFull()) {
			this.room.recount(0);
		}
	}

	// a count may include messages that are being removed, at most a window of them
	private void dropOldest() {
		int messages = this.readAhead.isFull() ? this.room.counted() - this.settings.delivery().window()
				: this.outbox.size();
		int excess = messages - this.settings.queue().capacity();
		if (excess > 0) {
			this.outbox.dropOldest(excess);
		}
	}

	/**
	 * Return whether this instance owns the line. May be called by any thread.
	 * @return whether it does
	 */
	public boolean isOwned() {
		return this.timer != null;
	}

}
