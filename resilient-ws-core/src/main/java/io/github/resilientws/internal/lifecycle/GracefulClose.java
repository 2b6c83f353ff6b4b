package io.github.resilientws.internal.lifecycle;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.connection.OpenConnection;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.OutboxFlow;

/**
 * Closes the connection of a client in state {@code DRAINING} when its outbox is empty or
 * {@code shutdown-timeout} has expired. Confined to the client's executor.
 */
final class GracefulClose {

	private final Outbox outbox;

	private final OutboxFlow flow;

	private final Duration timeout;

	private final RestartableTimer timer;

	// while DRAINING
	private @Nullable OpenConnection connection;

	GracefulClose(ConnectionContext context) {
		this.outbox = context.messages().outbox();
		this.flow = context.messages().flow();
		this.timeout = context.settings().shutdownTimeout();
		this.timer = new RestartableTimer(context.executor());
	}

	void begin(OpenConnection connection) {
		this.connection = connection;
		this.timer.set(this::onTimeout, this.timeout.toNanos());
		this.flow.drain(this::close);
	}

	/** The connection has ended. */
	void end() {
		this.connection = null;
		this.timer.cancel();
	}

	private void onTimeout() {
		this.outbox.endAll(Reason.CLOSED, "not delivered within shutdown-timeout of " + this.timeout);
		close();
	}

	private void close() {
		if (this.connection != null) {
			this.connection.close();
		}
	}

}
