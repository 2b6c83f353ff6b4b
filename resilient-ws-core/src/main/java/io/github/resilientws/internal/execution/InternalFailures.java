package io.github.resilientws.internal.execution;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;

/**
 * Handles failures of the library's own code in one client. Each is logged once, with its
 * location, and ends the current connection, so that the client cannot remain in a state
 * without a next step. A failure of a connection that was replaced ends nothing. May be
 * used by any thread.
 */
public final class InternalFailures implements Consumer<Throwable> {

	/** Cause of a connection that such a failure has ended (RFC 6455, section 7.4.1). */
	public static final DisconnectCause CAUSE = new DisconnectCause.Closed(1011, "internal failure", false);

	private static final Log logger = LogFactory.getLog(InternalFailures.class);

	private final String client;

	private final SerialExecutor executor;

	private final SerialExecutor guardedExecutor;

	// written once, before the first connection
	private Runnable endConnection = () -> {
	};

	// of the newest connection; belongs to the executor
	private @Nullable InternalFailures newest;

	/**
	 * Create the failures of a client.
	 * @param client name of the client
	 * @param executor executor that the transport created for the client
	 */
	public InternalFailures(String client, SerialExecutor executor) {
		this.client = client;
		this.executor = executor;
		this.guardedExecutor = new GuardedExecutor(executor, this);
	}

	private InternalFailures(InternalFailures ofClient) {
		this.client = ofClient.client;
		this.executor = ofClient.executor;
		this.guardedExecutor = ofClient.guardedExecutor;
	}

	/**
	 * Set the task that ends the present connection or attempt. Called once, before the
	 * first connection.
	 * @param endConnection the task, run on the executor
	 */
	public void setEndConnection(Runnable endConnection) {
		this.endConnection = endConnection;
	}

	/**
	 * Create the failures of the next connection, which becomes the current one. Called
	 * on the executor, before the connection.
	 * @return failures that end the connection while it is the newest one
	 */
	public InternalFailures forNextConnection() {
		InternalFailures next = new InternalFailures(this);
		next.setEndConnection(() -> {
			if (next == this.newest) {
				this.endConnection.run();
			}
		});
		this.newest = next;
		return next;
	}

	/**
	 * Log a failure, and end the connection after the current task of the executor.
	 * @param failure exception of the library's own code
	 */
	@Override
	public void accept(Throwable failure) {
		log("internal failure", failure);
		post(this::end);
	}

	private void end() {
		try {
			this.endConnection.run();
		}
		catch (Throwable ex) {
			log("internal failure at the end of a connection", ex);
		}
	}

	/**
	 * Log a failure that ends nothing.
	 * @param failure the failure
	 */
	void report(Throwable failure) {
		log("internal failure", failure);
	}

	private void log(String message, Throwable failure) {
		logger.error("[" + this.client + "] " + message + ": " + FailureDescription.describe(failure));
	}

	/**
	 * Run a task.
	 * @param task the task, which calls no user code
	 */
	public void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			accept(ex);
		}
	}

	/**
	 * Run a task on the executor, unless the transport is closed.
	 * @param task the task, which calls no user code
	 */
	public void post(Runnable task) {
		try {
			this.executor.execute(() -> run(task));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("[" + this.client + "] the transport is closed, and so is the connection");
		}
	}

	/**
	 * Return the executor that the transport created, for calls of the transport.
	 * @return the executor
	 */
	public SerialExecutor transportExecutor() {
		return this.executor;
	}

	/**
	 * Return the executor for tasks of the client.
	 * @return an executor that survives exceptions of its tasks
	 */
	public SerialExecutor guardedExecutor() {
		return this.guardedExecutor;
	}

	/**
	 * Guard the listeners of a connection's writes.
	 * @param connection the connection
	 * @return the connection, whose listeners throw nothing
	 */
	public WebSocketConnection guard(WebSocketConnection connection) {
		return new GuardedConnection(connection, this);
	}

}
