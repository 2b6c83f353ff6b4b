package io.github.resilientws.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ClientStatus;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.LineStatus;

/**
 * Health of one client.
 */
class ResilientWebSocketHealthIndicator extends AbstractHealthIndicator {

	private final ResilientWebSocketClient client;

	private final Duration gracePeriod;

	private final boolean critical;

	private final boolean acknowledged;

	private final Supplier<@Nullable LineStatus> line;

	private final Clock clock;

	// since when the shared store was seen to be away; guarded by this
	private @Nullable Instant storeAwaySince;

	ResilientWebSocketHealthIndicator(ResilientWebSocketClient client, Duration gracePeriod, boolean critical,
			boolean acknowledged, Supplier<@Nullable LineStatus> line, Clock clock) {
		super("Health check of WebSocket client failed");
		this.client = client;
		this.gracePeriod = gracePeriod;
		this.critical = critical;
		this.acknowledged = acknowledged;
		this.line = line;
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ClientStatus status = this.client.getStatus();
		LineStatus line = this.line.get();
		Status current = isStoreAway(line) ? Status.DOWN : status(status, line);
		builder.status(this.critical ? current : Status.UP)
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
		if (statistics.getUnreadMessages() > 0) {
			builder.withDetail("unread", statistics.getUnreadMessages());
		}
		if (line != null) {
			detail(builder, "owner", line.owner());
			detail(builder, "ownerState", (status.state() == ConnectionState.STANDBY) ? ownerState(line) : null);
			detail(builder, "election", line.problem());
		}
	}

	private static String ownerState(LineStatus line) {
		if (line.problem() != null) {
			return "UNKNOWN";
		}
		if (line.unownedSince() != null) {
			return "NONE";
		}
		return (line.ownerState() != null) ? line.ownerState().name() : "UNKNOWN";
	}

	private static void detail(Health.Builder builder, String key, @Nullable Object value) {
		if (value != null) {
			builder.withDetail(key, value.toString());
		}
	}

	private Status status(ClientStatus status, @Nullable LineStatus line) {
		return switch (status.state()) {
			case READY -> Status.UP;
			case STANDBY -> (line == null || line.unownedSince() == null || isWithinGrace(line.unownedSince()))
					? Status.UP : Status.DOWN;
			case CONNECTING, ESTABLISHING, BACKING_OFF -> isWithinGrace(outageBegin(status)) ? Status.UP : Status.DOWN;
			case FAILED -> Status.DOWN;
			case IDLE, SUSPENDED, DRAINING, CLOSED -> Status.UNKNOWN;
		};
	}

	// without it, a client with a shared store accepts nothing
	private synchronized boolean isStoreAway(@Nullable LineStatus line) {
		boolean away = line != null && this.client.getStatistics().getStoreProblem() != null;
		if (!away) {
			this.storeAwaySince = null;
			return false;
		}
		if (this.storeAwaySince == null) {
			this.storeAwaySince = this.clock.instant();
		}
		return !isWithinGrace(this.storeAwaySince);
	}

	private static Instant outageBegin(ClientStatus status) {
		return (status.outageSince() != null) ? status.outageSince() : status.since();
	}

	private boolean isWithinGrace(Instant begin) {
		return Duration.between(begin, this.clock.instant()).compareTo(this.gracePeriod) < 0;
	}

}
