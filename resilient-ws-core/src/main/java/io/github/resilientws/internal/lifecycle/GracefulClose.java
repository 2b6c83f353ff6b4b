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

	private final ConnectionContext context;

	private final OutboxFlow flow;

	private final RestartableTimer timer;

	private String detail = "";

	// shutdown-timeout has expired
	private boolean expired;

	// while DRAINING
	private @Nullable OpenConnection connection;

	GracefulClose(ConnectionContext context) {
		this.context = context;
		this.flow = context.messages().flow();
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
		Duration timeout = this.context.settings().shutdownTimeout();
		Duration ackTimeout = this.context.settings().delivery().ackTimeout();
		if (shared && ackTimeout.compareTo(timeout) < 0) {
			setLimit("delivery.ack-timeout", ackTimeout);
		}
		else {
			setLimit("shutdown-timeout", timeout);
		}
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
		this.flow.endReplies(this.detail);
		close();
		if (this.context.settings().delivery().isAtLeastOnce() && this.connection != null) {
			this.timer.set(this::failAll, GRACE_NANOS);
		}
		else {
			failAll();
		}
	}

	private void failAll() {
		this.expired = false;
		this.flow.endAll(this.detail);
	}

	private void setLimit(String key, Duration limit) {
		this.detail = "not finished within " + key + " of " + limit;
		this.timer.set(this::onTimeout, limit.toNanos());
	}

	private void close() {
		if (this.connection != null) {
			this.connection.close();
		}
	}

}
