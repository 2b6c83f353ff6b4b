package io.github.resilientws.autoconfigure.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ClientStatus;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.autoconfigure.LineStatus;
import io.github.resilientws.cluster.GroupStatus;

/**
 * One client as the endpoint shows it. Timestamps are ISO-8601 texts; absent values are
 * {@code null}.
 *
 * @param state its state
 * @param since when it entered the state
 * @param attempts attempts of the present series
 * @param lastCause why the last connection or attempt ended
 * @param nextAttempt when the next attempt is due
 * @param queueSize messages accepted and not yet finished
 * @param connectionAge time since the opening handshake of the present connection
 * @param pendingRequests requests sent and not yet answered
 * @param subscriptions subscriptions of the application
 * @param cluster which instance has the line; absent if each instance connects
 * @param transitions the last transitions, newest last
 * @param settings settings in force, without secrets
 * @param counters counters since the client was created
 * @param deadLetters messages given up: the newest 100, newest last, without payloads
 * @since 0.1
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ClientDescriptor(String state, String since, int attempts, @Nullable String lastCause,
		@Nullable String nextAttempt, int queueSize, @Nullable String connectionAge, int pendingRequests,
		SubscriptionsDescriptor subscriptions, @Nullable ClusterDescriptor cluster,
		List<TransitionDescriptor> transitions, Map<String, Object> settings, Map<String, Object> counters,
		List<DeadLetterDescriptor> deadLetters) implements OperationResponseBody {

	private static final int MAX_DEAD_LETTERS = 100;

	private static final Set<ConnectionState> CONNECTED = EnumSet.of(ConnectionState.ESTABLISHING,
			ConnectionState.READY, ConnectionState.DRAINING);

	static ClientDescriptor of(ResilientWebSocketClient client, @Nullable LineStatus line,
			Map<String, Object> settings) {
		ClientStatus status = client.getStatus();
		ClientStatistics statistics = client.getStatistics();
		return new ClientDescriptor(status.state().name(), status.since().toString(), status.attempts(),
				describe(status.lastCause()), (status.nextAttempt() != null) ? status.nextAttempt().toString() : null,
				statistics.getQueueSize(), connectionAge(status), statistics.getPendingRequests(),
				new SubscriptionsDescriptor(statistics.getActiveSubscriptions(), statistics.getPendingSubscriptions()),
				(line != null) ? ClusterDescriptor.of(line) : null,
				status.transitions().stream().map(TransitionDescriptor::of).toList(), settings, counters(statistics),
				deadLetters(client.getDeadLetters().list()));
	}

	private static @Nullable String connectionAge(ClientStatus status) {
		if (!CONNECTED.contains(status.state())) {
			return null;
		}
		return status.transitions()
			.stream()
			.filter((transition) -> transition.to() == ConnectionState.ESTABLISHING)
			.reduce((earlier, later) -> later)
			.map((opened) -> Duration.between(opened.at(), Instant.now()).truncatedTo(ChronoUnit.MILLIS).toString())
			.orElse(null);
	}

	private static @Nullable String describe(@Nullable DisconnectCause cause) {
		return (cause != null) ? cause.describe() : null;
	}

	private static List<DeadLetterDescriptor> deadLetters(List<DeadLetter> letters) {
		return letters.stream()
			.skip(Math.max(0, letters.size() - MAX_DEAD_LETTERS))
			.map(DeadLetterDescriptor::of)
			.toList();
	}

	private static Map<String, Object> counters(ClientStatistics statistics) {
		Map<String, Object> counters = new LinkedHashMap<>();
		counters.put("messagesSent", statistics.getMessagesSent());
		counters.put("messagesResent", statistics.getMessagesResent());
		counters.put("messagesReceived", statistics.getMessagesReceived());
		Map<String, Long> dropped = new LinkedHashMap<>();
		for (Reason reason : List.of(Reason.REJECTED, Reason.DROPPED, Reason.EXPIRED)) {
			dropped.put(reason.name().toLowerCase(Locale.ROOT), statistics.getMessagesDropped(reason));
		}
		counters.put("messagesDropped", dropped);
		counters.put("queueBytes", statistics.getQueueBytes());
		counters.put("inFlight", statistics.getInFlight());
		counters.put("deadLetters", statistics.getDeadLetterCount());
		counters.put("inboundQueueSize", statistics.getInboundQueueSize());
		counters.put("heartbeatsMissed", statistics.getHeartbeatsMissed());
		return counters;
	}

	/**
	 * Numbers of subscriptions.
	 *
	 * @param active confirmed on the present connection
	 * @param pending waiting for a connection or a confirmation
	 */
	public record SubscriptionsDescriptor(int active, int pending) {

	}

	/**
	 * Which instance has the line of a client that one instance at a time connects.
	 *
	 * @param mode which instances connect
	 * @param election name of the election
	 * @param group name of the group of instances
	 * @param instance name of this instance
	 * @param owner name of the instance that owns the line, if the election knows it
	 * @param fence number of the ownership, if this instance owns the line
	 * @param since when this instance became the owner, if it owns the line
	 * @param lines number of lines that this instance owns
	 * @param instances number of instances that were alive when this one looked last
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record ClusterDescriptor(String mode, String election, @Nullable String group, @Nullable String instance,
			@Nullable String owner, @Nullable Long fence, @Nullable String since, @Nullable Integer lines,
			@Nullable Integer instances) {

		static ClusterDescriptor of(LineStatus line) {
			GroupStatus group = line.group();
			return new ClusterDescriptor("one", line.election(), (group != null) ? group.group() : null,
					(group != null) ? group.instance() : null, line.owner(), line.fence(),
					(line.since() != null) ? line.since().toString() : null, (group != null) ? group.lines() : null,
					(group != null) ? group.instances() : null);
		}

	}

	/**
	 * One change of state.
	 *
	 * @param at when
	 * @param from state before
	 * @param to state after
	 * @param cause why
	 */
	@JsonInclude(JsonInclude.Include.ALWAYS)
	public record TransitionDescriptor(String at, String from, String to, @Nullable String cause) {

		static TransitionDescriptor of(ClientStatus.Transition transition) {
			return new TransitionDescriptor(transition.at().toString(), transition.from().name(),
					transition.to().name(), transition.cause());
		}

	}

	/**
	 * One message that was given up.
	 *
	 * @param id its id
	 * @param attempts how often it was sent
	 * @param since when it was given up
	 * @param cause why
	 */
	public record DeadLetterDescriptor(String id, int attempts, String since, String cause) {

		static DeadLetterDescriptor of(DeadLetter letter) {
			return new DeadLetterDescriptor(letter.id(), letter.attempts(), letter.since().toString(),
					letter.cause().name());
		}

	}

}
