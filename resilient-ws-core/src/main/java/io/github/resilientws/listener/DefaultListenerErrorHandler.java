package io.github.resilientws.listener;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.Assert;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketListenerErrorHandler;

/**
 * Writes one WARN with the kind and the place of a failure, never its text nor the
 * message; at most one line a second for each client, with the number of failures left
 * out.
 */
public class DefaultListenerErrorHandler implements WebSocketListenerErrorHandler {

	private static final Log logger = LogFactory.getLog(DefaultListenerErrorHandler.class);

	private static final Duration PERIOD = Duration.ofSeconds(1);

	private final LongSupplier nanoTime;

	private final Map<String, Throttle> throttles = new ConcurrentHashMap<>();

	/**
	 * Create a handler.
	 */
	public DefaultListenerErrorHandler() {
		this(System::nanoTime);
	}

	/**
	 * Create a handler with another clock.
	 * @param nanoTime monotonic time in nanoseconds
	 */
	public DefaultListenerErrorHandler(LongSupplier nanoTime) {
		Assert.notNull(nanoTime, "'nanoTime' must not be null");
		this.nanoTime = nanoTime;
	}

	@Override
	public void handle(String client, InboundMessage message, Throwable failure) {
		int leftOut = this.throttles.computeIfAbsent(client, (name) -> new Throttle(this.nanoTime, PERIOD)).pass();
		if (leftOut != Throttle.HELD_BACK) {
			logger.warn("[" + client + "] listener failed: " + FailureSite.describe(failure)
					+ ((leftOut > 0) ? " (" + leftOut + " more not shown)" : ""));
		}
	}

}
