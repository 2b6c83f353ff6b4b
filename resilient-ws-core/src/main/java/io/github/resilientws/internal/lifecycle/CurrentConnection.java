package io.github.resilientws.internal.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.connection.OpenConnection;
import io.github.resilientws.internal.handshake.ConnectAttempt;

/**
 * The attempt or the connection of a client at present, if there is one. Confined to the
 * client's executor.
 */
public final class CurrentConnection {

	private final ConnectionContext context;

	private final boolean customized;

	// while CONNECTING
	private @Nullable ConnectAttempt attempt;

	// while ESTABLISHING, READY or DRAINING
	private @Nullable OpenConnection connection;

	private Map<String, List<String>> lastResponseHeaders = Map.of();

	CurrentConnection(ConnectionContext context, boolean customized) {
		this.context = context;
		this.customized = customized;
	}

	/**
	 * Return the headers of the last 101.
	 * @return the headers; empty before the first one
	 */
	Map<String, List<String>> lastResponseHeaders() {
		return this.lastResponseHeaders;
	}

	void start(ConnectAttempt started) {
		this.attempt = started;
		started.start();
	}

	/**
	 * The handshake of the attempt is done.
	 * @param opened the connection
	 * @param responseHeaders headers of the answer
	 * @param elapsed length of the attempt
	 */
	void opened(OpenConnection opened, Map<String, List<String>> responseHeaders, Duration elapsed) {
		this.attempt = null;
		this.connection = opened;
		if (this.customized) {
			// only customizers of the next attempt read them
			this.lastResponseHeaders = responseHeaders;
		}
		this.context.notifier().notify((observer) -> observer.attemptEnded(this.context.clientName(), null, elapsed));
	}

	boolean is(ConnectAttempt other) {
		return other == this.attempt;
	}

	boolean is(OpenConnection other) {
		return other == this.connection;
	}

	OpenConnection require() {
		return Objects.requireNonNull(this.connection);
	}

	void probe(CompletableFuture<Duration> result) {
		require().probe(result);
	}

	/** The heartbeat rules have changed. */
	void updateHeartbeat() {
		if (this.connection != null) {
			this.connection.updateHeartbeat();
		}
	}

	/** The inbound buffer has room again. */
	public void resumeReading() {
		if (this.connection != null) {
			this.connection.resumeReading();
		}
	}

	void attemptEnded(ConnectAttempt ended, DisconnectCause cause) {
		this.attempt = null;
		Duration elapsed = ended.elapsed();
		this.context.notifier().notify((observer) -> observer.attemptEnded(this.context.clientName(), cause, elapsed));
	}

	void connectionEnded(DisconnectCause cause) {
		this.connection = null;
		this.context.notifier().notify((observer) -> observer.disconnected(this.context.clientName(), cause));
	}

	/**
	 * Give up the attempt, or close the connection for good.
	 * @param cause the cause
	 */
	void drop(DisconnectCause cause) {
		ConnectAttempt cancelled = this.attempt;
		if (cancelled != null) {
			attemptEnded(cancelled, cause);
			cancelled.cancel(cause);
		}
		OpenConnection retired = this.connection;
		if (retired != null) {
			connectionEnded(cause);
			retired.retire();
		}
	}

	/**
	 * Give up the attempt, or end the connection without a closing handshake.
	 * @param cause the cause
	 */
	void abort(DisconnectCause cause) {
		OpenConnection aborted = this.connection;
		try {
			drop(cause);
		}
		finally {
			if (aborted != null) {
				aborted.abort();
			}
		}
	}

}
