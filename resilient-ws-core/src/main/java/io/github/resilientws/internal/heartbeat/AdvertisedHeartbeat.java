package io.github.resilientws.internal.heartbeat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Unit;

/**
 * The heartbeat of one connection, whose times the server may advertise
 * ({@code heartbeat.interval-from}, {@code heartbeat.timeout-from}). Advertised times
 * precede those of the settings, and end with the connection. Confined to the client's
 * executor.
 */
public final class AdvertisedHeartbeat {

	private static final Log logger = LogFactory.getLog(AdvertisedHeartbeat.class);

	private static final double SHORTEST_MILLIS = 100;

	private static final double LONGEST_MILLIS = 3_600_000;

	private static final int LONGEST_NUMBER = 30;

	private final String client;

	private final HeartbeatMonitor monitor;

	private final Supplier<CompiledHeartbeat> rules;

	private final LongUnaryOperator spread;

	private @Nullable Duration interval;

	private @Nullable Duration timeout;

	private boolean warned;

	/**
	 * Create the heartbeat of a connection.
	 * @param client name of the client
	 * @param monitor sends the heartbeats
	 * @param rules returns the current rules
	 * @param spread returns a random part of the interval in nanoseconds, after which the
	 * first text is sent
	 */
	public AdvertisedHeartbeat(String client, HeartbeatMonitor monitor, Supplier<CompiledHeartbeat> rules,
			LongUnaryOperator spread) {
		this.client = client;
		this.monitor = monitor;
		this.rules = rules;
		this.spread = spread;
	}

	/**
	 * Handle a text message: use the times that it contains.
	 * @param message the message
	 * @return whether it answers heartbeats; listeners do not see it then
	 */
	public boolean handle(ParsedMessage message) {
		if (this.rules.get().hasAdvertisedTimes()) {
			read(message);
		}
		return this.monitor.isAnswer(message);
	}

	/** The rules have changed. */
	public void update() {
		this.monitor.update(current());
	}

	/**
	 * Return the interval in force.
	 * @return the interval; the default one if heartbeats are switched off
	 */
	public Duration interval() {
		Duration interval = current().settings().interval();
		return interval.isZero() ? HeartbeatSettings.DEFAULTS.interval() : interval;
	}

	private void read(ParsedMessage message) {
		Duration advertised = find(message, this.rules.get().intervalFrom());
		Duration advertisedTimeout = find(message, this.rules.get().timeoutFrom());
		boolean timeoutChanged = advertisedTimeout != null && !advertisedTimeout.equals(this.timeout);
		this.timeout = (advertisedTimeout != null) ? advertisedTimeout : this.timeout;
		if (advertised != null && !advertised.equals(this.interval)) {
			this.interval = advertised;
			this.monitor.restart(current(), this.spread.applyAsLong(advertised.toNanos()));
		}
		else if (timeoutChanged) {
			update();
		}
	}

	private CompiledHeartbeat current() {
		CompiledHeartbeat current = this.rules.get();
		HeartbeatSettings settings = current.settings();
		Duration timeout = Objects.requireNonNullElse(this.timeout, settings.timeout());
		if (this.interval == null) {
			return current.withSettings(settings.withTimeout(timeout));
		}
		Duration limited = (timeout.compareTo(this.interval) < 0) ? timeout : this.interval;
		return current.withSettings(settings.withInterval(this.interval).withTimeout(limited));
	}

	private @Nullable Duration find(ParsedMessage message, @Nullable Locator locator) {
		String text = (locator != null) ? message.find(locator) : null;
		if (text == null || text.length() > LONGEST_NUMBER) {
			return null;
		}
		try {
			return duration(new BigDecimal(text.strip()).doubleValue());
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private @Nullable Duration duration(double number) {
		if (number <= 0) {
			return null;
		}
		double millis = (this.rules.get().settings().unit() == Unit.S) ? number * 1000 : number;
		double clamped = Math.min(Math.max(millis, SHORTEST_MILLIS), LONGEST_MILLIS);
		if (clamped != millis && !this.warned) {
			this.warned = true;
			logger.warn("[" + this.client + "] the server advertised a heartbeat of " + number
					+ ((millis != number) ? " s" : " ms") + ", which is not between 100 ms and 1 h: "
					+ Duration.ofMillis((long) clamped) + " applies");
		}
		return Duration.ofNanos((long) (clamped * 1_000_000));
	}

}
