package io.github.resilientws.internal.monitoring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.DescribedFailure;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OwnershipChange;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.SubscriptionStatus;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.WebSocketUrl;

/**
 * Logs the transitions of a client, one line each: WARN for a loss and for giving up,
 * INFO for readiness and the first failed attempts, DEBUG for repeats.
 */
public final class LoggingObserver implements ClientObserver {

	private static final Log logger = LogFactory.getLog(ResilientWebSocketClient.class);

	private static final int LOUD_ATTEMPTS = 3;

	private static final Duration QUIET = Duration.ofMinutes(1);

	private final List<URI> urls;

	private final LogThrottle throttle;

	private ConnectionState left = ConnectionState.IDLE;

	private int attempt;

	private int loudAttempt;

	// a loss that was logged needs a line at its end
	private boolean lossReported = true;

	public LoggingObserver(ClientSettings settings, LongSupplier nanoTime) {
		this.urls = settings.urls();
		this.throttle = new LogThrottle(nanoTime, QUIET);
	}

	@Override
	public void stateChanged(String client, ConnectionState from, ConnectionState to, @Nullable DisconnectCause cause) {
		this.left = from;
		switch (to) {
			case READY, BACKING_OFF -> {
				// logged with more detail below
			}
			case ESTABLISHING -> logger.debug(line(client, to, cause));
			case CONNECTING -> {
				if (from == ConnectionState.BACKING_OFF) {
					logger.debug(line(client, to, cause));
				}
				else {
					this.lossReported = true;
					logger.info(line(client, to, cause) + target());
				}
			}
			case FAILED -> logger.warn(line(client, to, cause) + ", no further attempt before connect()");
			default -> logger.info(line(client, to, cause));
		}
	}

	@Override
	public void ownershipChanged(String client, OwnershipChange change, long fence, @Nullable String reason) {
		switch (change) {
			case ACQUIRED -> logger.info("[" + client + "] owner" + ((fence != 0) ? " with fence " + fence : ""));
			case YIELDED -> logger.info("[" + client + "] handed the line over");
			case LOST -> logger.warn("[" + client + "] lost the line" + ((reason != null) ? " (" + reason + ")" : ""));
		}
	}

	@Override
	public void connecting(String client, int attempt) {
		this.attempt = attempt;
	}

	// a customizer is user code: the log shows where it failed
	@Override
	public void attemptEnded(String client, @Nullable DisconnectCause failure, Duration elapsed) {
		if (failure instanceof DisconnectCause.SupplyFailed failed && !(failed.failure() instanceof DescribedFailure)
				&& isLoud()) {
			logger.warn("[" + client + "] preparing the handshake failed: "
					+ FailureDescription.describe(failed.failure()));
		}
	}

	@Override
	public void ready(String client, Duration outage) {
		String line = line(client, ConnectionState.READY, null) + target() + " after " + seconds(outage);
		if (this.lossReported) {
			logger.info(line);
		}
		else {
			logger.debug(line);
		}
	}

	@Override
	public void reconnectScheduled(String client, int attempt, Duration delay, DisconnectCause cause) {
		String line = line(client, ConnectionState.BACKING_OFF, cause) + ", attempt " + attempt + target() + " in "
				+ seconds(delay);
		// a loss may begin a new series
		this.attempt = attempt - 1;
		boolean loud = isLoud();
		if (this.left == ConnectionState.READY) {
			this.lossReported = loud;
		}
		if (!loud) {
			logger.debug(line);
		}
		else if (this.left == ConnectionState.CONNECTING) {
			logger.info(line);
		}
		else {
			logger.warn(line);
		}
	}

	// the attempts of a long series are repeats: one cycle per minute is logged
	private boolean isLoud() {
		if (this.attempt <= LOUD_ATTEMPTS) {
			this.loudAttempt = 0;
			return true;
		}
		if (this.attempt == this.loudAttempt) {
			return true;
		}
		if (this.throttle.pass(ConnectionState.BACKING_OFF) == LogThrottle.HELD_BACK) {
			return false;
		}
		this.loudAttempt = this.attempt;
		return true;
	}

	@Override
	public void heartbeatMissed(String client, int missed) {
		logger.debug("[" + client + "] heartbeat missed, " + missed + " in a row");
	}

	@Override
	public void recovered(String client, int messages, int deadLetters) {
		logger.info("[" + client + "] recovered " + messages + " messages and " + deadLetters
				+ " dead letters from the store");
	}

	// the id may be text of the application
	@Override
	public void deadLettered(String client, DeadLetter letter) {
		warn(client, "a message is a dead letter",
				" after " + letter.attempts() + " attempts (" + letter.cause() + ")");
	}

	// the destination may be a secret
	@Override
	public void subscriptionChanged(String client, String destination, SubscriptionStatus status,
			@Nullable InboundMessage reply) {
		switch (status) {
			case REFUSED -> warn(client, "a subscription was refused", "");
			case TIMED_OUT -> warn(client, "a subscription was not confirmed in time", "");
			case ENDED -> logger.debug("[" + client + "] the server ended a subscription");
		}
	}

	private void warn(String client, String kind, String detail) {
		int before = this.throttle.pass(kind);
		if (before != LogThrottle.HELD_BACK) {
			logger.warn("[" + client + "] " + kind + detail
					+ ((before > 0) ? ", with " + before + " more since the last such line" : ""));
		}
	}

	private String target() {
		return this.urls.isEmpty() ? ""
				: this.urls.stream()
					.map(WebSocketUrl::describe)
					.distinct()
					.collect(Collectors.joining(" or ", " to ", ""));
	}

	private String line(String client, ConnectionState to, @Nullable DisconnectCause cause) {
		return "[" + client + "] " + this.left + " -> " + to + ((cause != null) ? " (" + cause.describe() + ")" : "");
	}

	private static String seconds(Duration duration) {
		String millis = Integer.toString(1000 + duration.toMillisPart());
		return duration.toSeconds() + "." + millis.substring(1) + " s";
	}

}
