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

	// one pass drops only what the outbox has read
	private static final long DROPPING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	// other instances may resubmit or discard dead letters
	private static final long DEAD_LETTERS_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final ClientSettings settings;

	private final SerialExecutor executor;

	private final Outbox outbox;

	private final SharedRoom room;

	private final ReadAhead readAhead;

	private final SharedDeadLetters deadLetters;

	// written by the executor
	private volatile SerialExecutor.@Nullable Timer timer;

	private long loadedAt;

	private boolean dropping;

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
		load();
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
		this.timer = this.executor.schedule(this::run, (this.dropping) ? DROPPING_NANOS : PERIOD_NANOS);
		boolean due = this.executor.nanoTime() - this.loadedAt >= DEAD_LETTERS_NANOS && this.deadLetters.size() > 0;
		if (due || this.deadLetters.isLoadFailed()) {
			load();
		}
		this.dropping = this.settings.queue().overflow() == Overflow.DROP_OLDEST && dropOldest();
		if (this.readAhead.isFull()) {
			this.room.recount(0);
		}
	}

	private void load() {
		this.loadedAt = this.executor.nanoTime();
		this.deadLetters.load();
	}

	// returns whether there were too many messages, so that more may follow
	private boolean dropOldest() {
		// a count includes messages that are being removed
		int messages = this.readAhead.isFull() ? this.room.counted() - this.outbox.unremoved() : this.outbox.size();
		int excess = messages - this.settings.queue().capacity();
		if (excess > 0) {
			this.outbox.dropOldest(excess);
		}
		return excess > 0;
	}

	/**
	 * Return whether this instance owns the line. May be called by any thread.
	 * @return whether it does
	 */
	public boolean isOwned() {
		return this.timer != null;
	}

}
