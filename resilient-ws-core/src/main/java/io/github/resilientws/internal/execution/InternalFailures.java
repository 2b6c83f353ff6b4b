package io.github.resilientws.internal.execution;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * Failures of our own code in one client. Each is logged once, with its place, and ends
 * the connection, so that the client does not stay in a state that nothing leads out of.
 * May be used by any thread.
 */
public final class InternalFailures implements Consumer<Throwable> {

	/** Cause of an end by such a failure (RFC 6455, section 7.4.1). */
	public static final DisconnectCause CAUSE = new DisconnectCause.Closed(1011, "internal failure", false);

	private static final Log logger = LogFactory.getLog(InternalFailures.class);

	private final String client;

	private final SerialExecutor executor;

	private final Runnable endConnection;

	/**
	 * Create the failures of a client.
	 * @param client name of the client
	 * @param executor executor that the transport made for the client
	 * @param endConnection ends the present connection or attempt; called on the executor
	 */
	public InternalFailures(String client, SerialExecutor executor, Runnable endConnection) {
		this.client = client;
		this.executor = executor;
		this.endConnection = endConnection;
	}

	/**
	 * Log a failure, and end the connection once the executor has done what it is doing.
	 * @param failure what our own code threw
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

	private void log(String what, Throwable failure) {
		logger.error("[" + this.client + "] " + what + ": " + FailureDescription.describe(failure));
	}

	/**
	 * Run a task.
	 * @param task the task, of our own code
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
	 * @param task the task, of our own code
	 */
	public void post(Runnable task) {
		try {
			this.executor.execute(() -> run(task));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("[" + this.client + "] the transport is closed, and the connection with it");
		}
	}

	/**
	 * Return the executor for tasks of the client.
	 * @return an executor that survives what its tasks throw
	 */
	public SerialExecutor guardedExecutor() {
		return new GuardedExecutor(this.executor, this);
	}

	/**
	 * Begin an attempt to connect whose callbacks may fail.
	 * @param transport connects
	 * @param request where and how to connect
	 * @param listener receives the signals of the connection
	 * @return the connection
	 */
	public WebSocketConnection connect(WebSocketTransport transport, ConnectRequest request,
			ConnectionListener listener) {
		return new GuardedConnection(
				transport.connect(request, this.executor, new GuardedConnectionListener(listener, this)), this);
	}

}
