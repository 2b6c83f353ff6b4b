package io.github.resilientws.sample.view;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.event.WebSocketDeadLetterEvent;
import io.github.resilientws.event.WebSocketHeartbeatMissedEvent;
import io.github.resilientws.event.WebSocketOwnershipEvent;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.event.WebSocketReconnectFailedEvent;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;

/**
 * Adds the events of the clients to the timeline: changes of state as an observer of each
 * client, other events as application events.
 */
@Component
class ClientWatch implements ClientObserver {

	private final Timeline timeline;

	private final Map<String, Duration> roundTrips = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> delivered = new ConcurrentHashMap<>();

	ClientWatch(Timeline timeline) {
		this.timeline = timeline;
	}

	Optional<Duration> roundTrip(String client) {
		return Optional.ofNullable(this.roundTrips.get(client));
	}

	long delivered(String client) {
		return this.delivered.getOrDefault(client, new LongAdder()).sum();
	}

	@Override
	public void deliveryEnded(String client, boolean success, Duration elapsed) {
		if (success) {
			this.delivered.computeIfAbsent(client, (name) -> new LongAdder()).increment();
		}
	}

	@Override
	public void stateChanged(String client, ConnectionState from, ConnectionState to, @Nullable DisconnectCause cause) {
		if (to != ConnectionState.READY) {
			this.roundTrips.remove(client);
		}
		this.timeline.add(client, to, (cause != null) ? cause.describe() : "");
	}

	@Override
	public void heartbeatAnswered(String client, Duration roundTrip) {
		this.roundTrips.put(client, roundTrip);
	}

	@EventListener
	void ready(WebSocketReadyEvent event) {
		this.timeline.add(event.getClientName(), null, "back after " + seconds(event.getOutage()));
	}

	@EventListener
	void ownershipChanged(WebSocketOwnershipEvent event) {
		String text = switch (event.getChange()) {
			case ACQUIRED -> "owner with fence " + event.getFence();
			case YIELDED -> "handed the line over";
			case LOST -> "lost the line: " + event.getReason();
		};
		this.timeline.add(event.getClientName(), null, text);
	}

	@EventListener
	void scheduled(WebSocketReconnectScheduledEvent event) {
		this.timeline.add(event.getClientName(), null,
				"attempt " + event.getAttempt() + " in " + seconds(event.getDelay()));
	}

	@EventListener
	void heartbeatMissed(WebSocketHeartbeatMissedEvent event) {
		this.timeline.add(event.getClientName(), null, "heartbeat missed");
	}

	@EventListener
	void deadLetter(WebSocketDeadLetterEvent event) {
		this.timeline.add(event.getClientName(), null, "dead letter after " + event.getAttempts() + " attempts");
	}

	@EventListener
	void gaveUp(WebSocketReconnectFailedEvent event) {
		this.timeline.add(event.getClientName(), null, "gave up after " + event.getAttempts() + " attempts");
	}

	private static String seconds(Duration duration) {
		return duration.toMillis() / 100 / 10.0 + " s";
	}

}
