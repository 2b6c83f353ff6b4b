package io.github.resilientws.transport.netty;

import java.util.function.Consumer;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.FailureDescription;

/**
 * Reports the results of writes, in the order of the writes. Confined to one event loop.
 */
final class WriteTracker implements GenericFutureListener<Future<Void>> {

	private static final Log logger = LogFactory.getLog(WriteTracker.class);

	// the list, in the order of the writes
	private @Nullable PendingWrite oldest;

	private @Nullable PendingWrite newest;

	private final Consumer<Throwable> onFailure;

	private final Runnable onIdle;

	private int depth;

	WriteTracker(Consumer<Throwable> onFailure, Runnable onIdle) {
		this.onFailure = onFailure;
		this.onIdle = onIdle;
	}

	/**
	 * Track a write. Called before the write itself, which may end at once.
	 * @param write the write
	 */
	void add(PendingWrite write) {
		if (this.newest != null) {
			this.newest.next = write;
		}
		else {
			this.oldest = write;
		}
		this.newest = write;
		write.addListener(this);
	}

	boolean isIdle() {
		return this.oldest == null;
	}

	/**
	 * Return whether Netty is reporting a write at this moment. The channel must not be
	 * closed then: Netty has not yet counted the bytes of the next writes that the socket
	 * took.
	 * @return whether a write is being reported
	 */
	boolean isReporting() {
		return this.depth > 0;
	}

	@Override
	public void operationComplete(Future<Void> future) {
		this.depth++;
		try {
			if (future.cause() != null) {
				this.onFailure.accept(future.cause());
			}
			while (this.oldest != null && this.oldest.isDone()) {
				report(removeOldest(this.oldest));
			}
		}
		finally {
			this.depth--;
		}
		if (isIdle()) {
			this.onIdle.run();
		}
	}

	private PendingWrite removeOldest(PendingWrite removed) {
		this.oldest = removed.next;
		removed.next = null;
		if (this.oldest == null) {
			this.newest = null;
		}
		return removed;
	}

	private void report(PendingWrite write) {
		try {
			write.report();
		}
		catch (Throwable ex) {
			// unexpected: a client ends the connection itself first
			logger.error("The listener of a write failed: " + FailureDescription.describe(ex));
		}
	}

}
