package io.github.resilientws.internal.inbound;

import java.util.concurrent.Executor;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketListenerErrorHandler;

/**
 * Passes failures of the listeners of a client to the error handler.
 */
public final class ListenerFailures {

	private static final Log logger = LogFactory.getLog(ListenerFailures.class);

	private final String client;

	private final WebSocketListenerErrorHandler errorHandler;

	private final Executor callbacks;

	/**
	 * Create an object for one client.
	 * @param client name of the client
	 * @param errorHandler handles the failures
	 * @param callbacks runs the error handler for answers that fail later
	 */
	public ListenerFailures(String client, WebSocketListenerErrorHandler errorHandler, Executor callbacks) {
		this.client = client;
		this.errorHandler = errorHandler;
		this.callbacks = callbacks;
	}

	void handle(InboundMessage message, Throwable failure) {
		try {
			this.errorHandler.handle(this.client, message, failure);
		}
		catch (Throwable ex) {
			logger.warn("[" + this.client + "] listener error handler failed: " + FailureDescription.describe(ex));
		}
	}

	void handleLater(InboundMessage message, Throwable failure) {
		this.callbacks.execute(() -> handle(message, failure));
	}

}
