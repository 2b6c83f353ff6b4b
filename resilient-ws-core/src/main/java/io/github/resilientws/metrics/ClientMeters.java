package io.github.resilientws.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OwnershipChange;
import io.github.resilientws.QuestionOutcome;
import io.github.resilientws.RequestOutcome;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * The registered meters of one client.
 */
class ClientMeters {

	private static final List<Reason> DROP_REASONS = List.of(Reason.REJECTED, Reason.DROPPED, Reason.EXPIRED);

	private final MeterGroup group;

	private final ClientStatistics statistics;

	private final Counter attemptsSucceeded;

	private final Counter attemptsFailed;

	private final Map<CauseTag, Counter> disconnects = new EnumMap<>(CauseTag.class);

	private final Timer connectDuration;

	private final Timer outageDuration;

	private final Timer heartbeatRoundTrip;

	private final OutcomeTimer listenerDuration;

	private final OutcomeTimer deliveryDuration;

	private final Map<RequestOutcome, Timer> requestDuration = new EnumMap<>(RequestOutcome.class);

	private final Map<QuestionOutcome, Timer> answerDuration = new EnumMap<>(QuestionOutcome.class);

	// empty unless an election decides which instance connects
	private final Map<OwnershipChange, Counter> ownershipChanges = new EnumMap<>(OwnershipChange.class);

	private volatile boolean owner;

	ClientMeters(MeterGroup group, ResilientWebSocketClient client, LongSupplier wallTime) {
		this.group = group;
		registerState(group, client, wallTime);
		this.statistics = client.getStatistics();
		registerFigures(group, this.statistics);
		String attempts = "Attempts to connect that ended";
		this.attemptsSucceeded = group.counter("connect.attempts", attempts, OutcomeTimer.TAG, OutcomeTimer.SUCCESS);
		this.attemptsFailed = group.counter("connect.attempts", attempts, OutcomeTimer.TAG, OutcomeTimer.FAILURE);
		for (CauseTag cause : CauseTag.values()) {
			this.disconnects.put(cause, group.counter("disconnects", "Connections that ended", "cause", cause.value()));
		}
		this.connectDuration = group.timer("connect.duration", "Length of attempts to connect");
		this.outageDuration = group.timer("outage.duration", "Time without readiness");
		this.heartbeatRoundTrip = group.timer("heartbeat.rtt", "Time from a heartbeat to its answer");
		this.listenerDuration = new OutcomeTimer(group, "listener.duration", "Time that listeners took for a message");
		this.deliveryDuration = new OutcomeTimer(group, "delivery.duration",
				"Time from sending to the end of a message");
		for (RequestOutcome outcome : RequestOutcome.values()) {
			this.requestDuration.put(outcome, group.timer("request.duration", "Time from a request to its end",
					OutcomeTimer.TAG, lowerCase(outcome)));
		}
		for (QuestionOutcome outcome : QuestionOutcome.values()) {
			this.answerDuration.put(outcome, group.timer("answer.duration",
					"Time from a question of the server to its answer", OutcomeTimer.TAG, lowerCase(outcome)));
		}
	}

	private static void registerState(MeterGroup group, ResilientWebSocketClient client, LongSupplier wallTime) {
		group.gauge("ready", null, "Whether messages flow", () -> client.isReady() ? 1 : 0);
		for (ConnectionState state : ConnectionState.values()) {
			group.gauge("state", null, "State of the client: 1 for the present one",
					() -> (client.getState() == state) ? 1 : 0, "state", lowerCase(state));
		}
		group.gauge("next.attempt.delay", "seconds", "Time until the next attempt; 0 if none is due",
				() -> nextAttemptDelay(client, wallTime));
	}

	private static void registerFigures(MeterGroup group, ClientStatistics statistics) {
		group.gauge("last.received.age", "seconds", "Time since the last byte was received",
				() -> seconds(statistics.getLastReceivedAge()));
		group.gauge("queue.size", null, "Messages accepted and not yet finished", statistics::getQueueSize);
		group.gauge("queue.bytes", "bytes", "Bytes accepted and not yet finished", statistics::getQueueBytes);
		group.gauge("queue.age", "seconds", "Age of the oldest message that is not finished",
				() -> seconds(statistics.getQueueAge()));
		group.gauge("inflight", null, "Messages handed to the transport and not yet finished", statistics::getInFlight);
		group.gauge("requests.pending", null, "Requests sent and not yet answered", statistics::getPendingRequests);
		String subscriptions = "Subscriptions of the application";
		group.gauge("subscriptions", null, subscriptions, statistics::getActiveSubscriptions, "state", "active");
		group.gauge("subscriptions", null, subscriptions, statistics::getPendingSubscriptions, "state", "pending");
		group.gauge("dead.letters", null, "Messages given up that are kept", statistics::getDeadLetterCount);
		group.gauge("inbound.queue.size", null, "Messages waiting for listeners", statistics::getInboundQueueSize);
		group.counter("messages.sent", "Messages handed to the transport", statistics,
				ClientStatistics::getMessagesSent);
		group.counter("messages.resent", "Messages handed to the transport again", statistics,
				ClientStatistics::getMessagesResent);
		group.counter("messages.received", "Messages passed to listeners", statistics,
				ClientStatistics::getMessagesReceived);
		for (Reason reason : DROP_REASONS) {
			group.counter("messages.dropped", "Messages rejected, dropped or expired", statistics,
					(source) -> source.getMessagesDropped(reason), "reason", lowerCase(reason));
		}
		group.counter("heartbeat.missed", "Heartbeats not answered in time", statistics,
				ClientStatistics::getHeartbeatsMissed);
	}

	/** Register the meters of a client that one of several instances connects. */
	void registerOwnership() {
		if (this.ownershipChanges.isEmpty()) {
			this.group.gauge("owner", null, "Whether this instance has the line", () -> this.owner ? 1 : 0);
			this.group.gauge("store.owed", null, "Messages finished and not yet removed from the shared store",
					this.statistics::getUnremovedMessages);
			for (OwnershipChange change : OwnershipChange.values()) {
				this.ownershipChanges.put(change, this.group.counter("ownership.changes",
						"Times that this instance gained, handed over or lost the line", "change", lowerCase(change)));
			}
		}
	}

	void ownershipChanged(OwnershipChange change) {
		registerOwnership();
		this.owner = change == OwnershipChange.ACQUIRED;
		Counter counter = this.ownershipChanges.get(change);
		if (counter != null) {
			counter.increment();
		}
	}

	void attemptEnded(boolean success, Duration elapsed) {
		(success ? this.attemptsSucceeded : this.attemptsFailed).increment();
		this.connectDuration.record(elapsed);
	}

	void ready(Duration outage) {
		this.outageDuration.record(outage);
	}

	void disconnected(DisconnectCause cause) {
		Counter counter = this.disconnects.get(CauseTag.of(cause));
		if (counter != null) {
			counter.increment();
		}
	}

	void heartbeatAnswered(Duration roundTrip) {
		this.heartbeatRoundTrip.record(roundTrip);
	}

	void deliveryEnded(boolean success, Duration elapsed) {
		this.deliveryDuration.record(success, elapsed);
	}

	void requestEnded(RequestOutcome outcome, Duration elapsed) {
		Timer timer = this.requestDuration.get(outcome);
		if (timer != null) {
			timer.record(elapsed);
		}
	}

	void questionEnded(QuestionOutcome outcome, Duration elapsed) {
		Timer timer = this.answerDuration.get(outcome);
		if (timer != null) {
			timer.record(elapsed);
		}
	}

	void messageHandled(boolean success, Duration elapsed) {
		this.listenerDuration.record(success, elapsed);
	}

	void remove() {
		this.group.remove();
	}

	private static double nextAttemptDelay(ResilientWebSocketClient client, LongSupplier wallTime) {
		Instant next = client.getStatus().nextAttempt();
		return (next != null) ? Math.max(0, (next.toEpochMilli() - wallTime.getAsLong()) / 1000.0) : 0;
	}

	private static double seconds(Duration duration) {
		return duration.toNanos() / 1e9;
	}

	private static String lowerCase(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
