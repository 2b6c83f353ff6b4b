package io.github.resilientws.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ClientStatus;
import io.github.resilientws.ResilientWebSocketClient;

/**
 * Health of one client.
 */
class ResilientWebSocketHealthIndicator extends AbstractHealthIndicator {

	private final ResilientWebSocketClient client;

	private final Duration gracePeriod;

	private final boolean critical;

	private final boolean acknowledged;

	private final Clock clock;

	ResilientWebSocketHealthIndicator(ResilientWebSocketClient client, Duration gracePeriod, boolean critical,
			boolean acknowledged, Clock clock) {
		super("Health check of WebSocket client failed");
		this.client = client;
		this.gracePeriod = gracePeriod;
		this.critical = critical;
		this.acknowledged = acknowledged;
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ClientStatus status = this.client.getStatus();
		builder.status(this.critical ? status(status) : Status.UP)
			.withDetail("state", status.state().name())
			.withDetail("since", status.since().toString())
			.withDetail("attempts", status.attempts());
		detail(builder, "lastCause", (status.lastCause() != null) ? status.lastCause().describe() : null);
		detail(builder, "nextAttempt", status.nextAttempt());
		ClientStatistics statistics = this.client.getStatistics();
		builder.withDetail("queueSize", statistics.getQueueSize());
		if (this.acknowledged) {
			builder.withDetail("queueAge", statistics.getQueueAge().truncatedTo(ChronoUnit.MILLIS).toString())
				.withDetail("inFlight", statistics.getInFlight())
				.withDetail("deadLetters", statistics.getDeadLetterCount());
		}
		detail(builder, "store", statistics.getStoreProblem());
	}

	private static void detail(Health.Builder builder, String key, @Nullable Object value) {
		if (value != null) {
			builder.withDetail(key, value.toString());
		}
	}

	private Status status(ClientStatus status) {
		return switch (status.state()) {
			case READY, STANDBY -> Status.UP;
			case CONNECTING, ESTABLISHING, BACKING_OFF -> isWithinGrace(status) ? Status.UP : Status.DOWN;
			case FAILED -> Status.DOWN;
			case IDLE, SUSPENDED, DRAINING, CLOSED -> Status.UNKNOWN;
		};
	}

	private boolean isWithinGrace(ClientStatus status) {
		Instant begin = (status.outageSince() != null) ? status.outageSince() : status.since();
		return Duration.between(begin, this.clock.instant()).compareTo(this.gracePeriod) < 0;
	}

}
