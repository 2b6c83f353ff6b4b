package io.github.resilientws.core;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketListenerErrorHandler;

/**
 * Writes one WARN with the kind and the place of a failure, never its text nor the
 * message; at most one line a second, with the number of failures left out.
 */
final class LoggingErrorHandler implements WebSocketListenerErrorHandler {

	private static final Log logger = LogFactory.getLog(LoggingErrorHandler.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private final Throttle throttle;

	LoggingErrorHandler(LongSupplier nanoTime) {
		this.throttle = new Throttle(nanoTime, PERIOD);
	}

	@Override
	public void handle(String client, InboundMessage message, Throwable failure) {
		int leftOut = this.throttle.pass();
		if (leftOut != Throttle.HELD_BACK) {
			logger.warn("[" + client + "] listener failed: " + FailureSite.describe(failure)
					+ ((leftOut > 0) ? " (" + leftOut + " more not shown)" : ""));
		}
	}

}
