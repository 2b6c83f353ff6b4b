package io.github.resilientws.core;

import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.ClientSettings;

/**
 * Writes the life of a client to the log: WARN at loss and giving up, INFO at readiness
 * and at the first attempts, DEBUG for repeats.
 */
final class LoggingObserver implements ClientObserver {

	private static final Log logger = LogFactory.getLog(ResilientWebSocketClient.class);

	private static final int LOUD_ATTEMPTS = 3;

	private static final Duration QUIET = Duration.ofMinutes(1);

	private final String target;

	private final LongSupplier nanoTime;

	private @Nullable Long lastLoudNanos;

	LoggingObserver(ClientSettings settings, LongSupplier nanoTime) {
		this.target = settings.urls().isEmpty() ? "" : " " + hostAndPort(settings.urls().get(0));
		this.nanoTime = nanoTime;
	}

	@Override
	public void stateChanged(String client, ConnectionState from, ConnectionState to, @Nullable DisconnectCause cause) {
		String line = "[" + client + "] " + from + " -> " + to + ((cause != null) ? " (" + cause.describe() + ")" : "");
		if (from == ConnectionState.READY && to == ConnectionState.BACKING_OFF || to == ConnectionState.FAILED) {
			logger.warn(line);
		}
		else if (to == ConnectionState.CONNECTING || to == ConnectionState.ESTABLISHING
				|| to == ConnectionState.BACKING_OFF || to == ConnectionState.READY) {
			logger.debug(line);
		}
		else {
			logger.info(line);
		}
	}

	@Override
	public void connecting(String client, int attempt) {
		if (attempt == 1) {
			logger.debug("[" + client + "] connecting to" + this.target);
		}
	}

	@Override
	public void ready(String client, Duration outage) {
		this.lastLoudNanos = null;
		logger.info("[" + client + "] READY:" + this.target + " after " + seconds(outage));
	}

	@Override
	public void reconnectScheduled(String client, int attempt, Duration delay, DisconnectCause cause) {
		String line = "[" + client + "] attempt " + attempt + this.target + " in " + seconds(delay) + " ("
				+ cause.describe() + ")";
		long now = this.nanoTime.getAsLong();
		if (attempt <= LOUD_ATTEMPTS || this.lastLoudNanos == null || now - this.lastLoudNanos >= QUIET.toNanos()) {
			this.lastLoudNanos = now;
			logger.info(line);
		}
		else {
			logger.debug(line);
		}
	}

	@Override
	public void heartbeatMissed(String client, int missed) {
		logger.debug("[" + client + "] heartbeat missed, " + missed + " in a row");
	}

	private static String seconds(Duration duration) {
		return "%d.%03d s".formatted(duration.toSeconds(), duration.toMillisPart());
	}

	private static String hostAndPort(URI url) {
		int port = (url.getPort() != -1) ? url.getPort() : ("wss".equalsIgnoreCase(url.getScheme()) ? 443 : 80);
		return url.getHost() + ":" + port;
	}

}
