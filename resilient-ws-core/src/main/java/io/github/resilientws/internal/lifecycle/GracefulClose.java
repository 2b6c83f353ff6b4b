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

	private final Duration timeout;

	private final Duration handOverTimeout;

	private final boolean acknowledged;

	private final RestartableTimer timer;

	// shutdown-timeout has expired
	private boolean expired;

	// while DRAINING
	private @Nullable OpenConnection connection;

	GracefulClose(ConnectionContext context) {
		this.flow = context.messages().flow();
		this.timeout = context.settings().shutdownTimeout();
		Duration ackTimeout = context.settings().delivery().ackTimeout();
		this.handOverTimeout = (ackTimeout.compareTo(this.timeout) < 0) ? ackTimeout : this.timeout;
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
		if (shared) {
			this.timer.set(this::onTimeout, this.handOverTimeout.toNanos());
			this.flow.handOver("the client is DRAINING", this::close);
		}
		else {
			this.timer.set(this::onTimeout, this.timeout.toNanos());
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
		return "not finished within shutdown-timeout of " + this.timeout;
	}

	private void close() {
		if (this.connection != null) {
			this.connection.close();
		}
	}

}
