package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketListenerErrorHandler;

/**
 * Logs the type and the location of a failure at WARN, but neither its text nor the
 * message; at most one line per second and location, with the number of suppressed lines.
 */
public final class LoggingErrorHandler implements WebSocketListenerErrorHandler {

	private static final Log logger = LogFactory.getLog(LoggingErrorHandler.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private final LogThrottle throttle;

	public LoggingErrorHandler(LongSupplier nanoTime) {
		this.throttle = new LogThrottle(nanoTime, PERIOD);
	}

	@Override
	public void handle(String client, InboundMessage message, Throwable failure) {
		String site = FailureDescription.describe(failure);
		int leftOut = this.throttle.pass(site);
		if (leftOut != LogThrottle.HELD_BACK) {
			logger.warn("[" + client + "] listener failed: " + site
					+ ((leftOut > 0) ? " (" + leftOut + " more not shown)" : ""));
		}
	}

}
