package io.github.resilientws.internal.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.connection.OpenConnection;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.outbox.OutboxFlow;

/**
 * Closes the connection of a client in state {@code DRAINING} when its outbox is empty or
 * {@code shutdown-timeout} has expired. Confined to the client's executor.
 */
final class GracefulClose {

	// acknowledgements may be on their way while our close frame is
	private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final OutboxFlow flow;

	private final Limit drainLimit;

	private final Limit handOverLimit;

	private Limit limit;

	private final boolean acknowledged;

	private final RestartableTimer timer;

	// shutdown-timeout has expired
	private boolean expired;

	// while DRAINING
	private @Nullable OpenConnection connection;

	GracefulClose(ConnectionContext context) {
		this.flow = context.messages().flow();
		Duration timeout = context.settings().shutdownTimeout();
		Duration ackTimeout = context.settings().delivery().ackTimeout();
		this.drainLimit = new Limit("shutdown-timeout", timeout);
		this.handOverLimit = (ackTimeout.compareTo(timeout) < 0) ? new Limit("delivery.ack-timeout", ackTimeout)
				: this.drainLimit;
		this.limit = this.drainLimit;
		this.acknowledged = context.settings().delivery().isAtLeastOnce();
		this.timer = new RestartableTimer(context.executor());
	}

	/**
	 * Begin to close.
	 * @param connection the connection
	 * @param shared whether messages that are not in flight remain for another instance
	 */
	void begin(OpenConnection connection, boolean shared) {
		this.connection = connection;
		connection.setLast();
		this.limit = shared ? this.handOverLimit : this.drainLimit;
		this.timer.set(this::onTimeout, this.limit.timeout.toNanos());
		if (shared) {
			this.flow.handOver("the client is DRAINING", this::close);
		}
		else {
			this.flow.drain(this::close);
		}
	}

	/** The connection has ended. */
	void end() {
		this.connection = null;
		this.timer.cancel();
		if (this.expired) {
			failAll();
		}
	}

	private void onTimeout() {
		this.expired = true;
		this.flow.endReplies(detail());
		close();
		if (this.acknowledged && this.connection != null) {
			this.timer.set(this::failAll, GRACE_NANOS);
		}
		else {
			failAll();
		}
	}

	private void failAll() {
		this.expired = false;
		this.flow.endAll(detail());
	}

	private String detail() {
		return "not finished within " + this.limit.key + " of " + this.limit.timeout;
	}

	private void close() {
		if (this.connection != null) {
			this.connection.close();
		}
	}

	private record Limit(String key, Duration timeout) {

	}

}
