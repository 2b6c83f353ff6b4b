package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * Warns of settings with which subscriptions cannot work, with at most one line of each
 * kind per minute. Destinations may be secrets and are not named. Thread-safe.
 */
public final class SubscriptionWarnings {

	private static final Log logger = LogFactory.getLog(ResilientWebSocketClient.class);

	private static final Duration PERIOD = Duration.ofMinutes(1);

	private final String client;

	private final LogThrottle throttle;

	/**
	 * Create the warnings of a client.
	 * @param client name of the client
	 * @param nanoTime returns the present time
	 */
	public SubscriptionWarnings(String client, LongSupplier nanoTime) {
		this.client = client;
		this.throttle = new LogThrottle(nanoTime, PERIOD);
	}

	/**
	 * A subscription was not sent.
	 * @param reason why its text could not be written, without text of the message
	 */
	public void notSent(String reason) {
		warn("a subscription was not sent: ", reason);
	}

	/**
	 * A subscription was not cancelled.
	 * @param reason why its text could not be written, without text of the message
	 */
	public void notCancelled(String reason) {
		warn("a subscription was not cancelled: ", reason);
	}

	/**
	 * A subscription that the server had confirmed could not be written again yet.
	 * @param reason why, without text of the message
	 */
	public void notRenewed(String reason) {
		warn("a subscription could not be written and is tried again: ", reason);
	}

	/** A confirmation does not contain the key of its subscription. */
	public void keyMissing() {
		warn("a confirmation has no value for subscription.key: no message is assigned to its subscription", "");
	}

	/** A method subscribes, but no message can be assigned to a subscription. */
	public void methodNeverCalled() {
		warn("subscription.message-key is missing: no message is assigned to a subscription, so methods"
				+ " with subscribe are never called", "");
	}

	private void warn(String kind, String detail) {
		if (this.throttle.pass(kind) != LogThrottle.HELD_BACK) {
			logger.warn("[" + this.client + "] " + kind + detail);
		}
	}

}
