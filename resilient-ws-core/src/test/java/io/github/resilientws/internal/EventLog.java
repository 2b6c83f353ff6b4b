package io.github.resilientws.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OwnershipChange;
import io.github.resilientws.QuestionOutcome;
import io.github.resilientws.SubscriptionStatus;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Records the notifications of observers: one short line each.
 */
public final class EventLog implements ClientObserver {

	private final List<String> lines = new CopyOnWriteArrayList<>();

	public List<String> lines() {
		return List.copyOf(this.lines);
	}

	public List<String> lines(String start) {
		return this.lines.stream().filter((line) -> line.startsWith(start)).toList();
	}

	public void clear() {
		this.lines.clear();
	}

	@Override
	public void questionEnded(String client, QuestionOutcome outcome, Duration elapsed) {
		this.lines.add("question " + outcome + " " + elapsed);
	}

	@Override
	public void ownershipChanged(String client, OwnershipChange change, long fence, @Nullable String reason) {
		this.lines.add("ownership " + change + " " + fence + ((reason != null) ? " " + reason : ""));
	}

	@Override
	public void connecting(String client, int attempt) {
		this.lines.add("connecting " + attempt);
	}

	@Override
	public void attemptEnded(String client, @Nullable DisconnectCause failure, Duration elapsed) {
		this.lines.add("attempt " + ((failure != null) ? kind(failure) : "ok") + " " + elapsed);
	}

	@Override
	public void connected(String client, Map<String, List<String>> responseHeaders) {
		this.lines.add("connected");
	}

	@Override
	public void ready(String client, Duration outage) {
		this.lines.add("ready " + outage);
	}

	@Override
	public void disconnected(String client, DisconnectCause cause) {
		this.lines.add("disconnected " + kind(cause));
	}

	@Override
	public void reconnectScheduled(String client, int attempt, Duration delay, DisconnectCause cause) {
		this.lines.add("scheduled " + attempt + " " + delay + " " + kind(cause));
	}

	@Override
	public void reconnectFailed(String client, int attempts, DisconnectCause cause) {
		this.lines.add("failed " + attempts + " " + kind(cause));
	}

	@Override
	public void closed(String client) {
		this.lines.add("closed");
	}

	@Override
	public void heartbeatAnswered(String client, Duration roundTrip) {
		this.lines.add("answered " + roundTrip);
	}

	@Override
	public void heartbeatMissed(String client, int missed) {
		this.lines.add("missed " + missed);
	}

	@Override
	public void messageDropped(String client, String messageId, Reason reason) {
		this.lines.add("dropped " + messageId + " " + reason);
	}

	@Override
	public void deadLettered(String client, DeadLetter letter) {
		this.lines.add("dead " + letter.id() + " " + letter.attempts() + " " + letter.cause());
	}

	@Override
	public void subscriptionChanged(String client, String destination, SubscriptionStatus status,
			InboundMessage reply) {
		this.lines.add("subscription " + destination + " " + status + ((reply != null) ? " " + reply.text() : ""));
	}

	// which failure it was: the words that people read say less
	private static String kind(DisconnectCause cause) {
		String kind = cause.getClass().getSimpleName();
		if (cause instanceof DisconnectCause.Closed) {
			return cause.describe();
		}
		if (cause instanceof DisconnectCause.HandshakeRefused refused) {
			return kind + " " + refused.status();
		}
		if (cause instanceof DisconnectCause.ConnectFailed failed) {
			return kind + " " + failed.failure().getClass().getSimpleName();
		}
		if (cause instanceof DisconnectCause.SupplyFailed failed) {
			return kind + " " + failed.failure().getClass().getSimpleName();
		}
		return (cause instanceof DisconnectCause.WriteFailed failed)
				? kind + " " + failed.failure().getClass().getSimpleName() : kind;
	}

}
