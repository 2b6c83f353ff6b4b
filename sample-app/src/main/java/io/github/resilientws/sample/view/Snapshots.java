package io.github.resilientws.sample.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ClientStatus;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.event.WebSocketConnectedEvent;
import io.github.resilientws.event.WebSocketConnectingEvent;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.event.WebSocketReconnectFailedEvent;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;
import io.github.resilientws.sample.instances.Instances;
import io.github.resilientws.sample.prices.Prices;
import io.github.resilientws.sample.server.DemoServer;

/**
 * Takes snapshots of the clients, and streams those that differ from the last one.
 */
@Component
class Snapshots {

	// the order of the page
	private static final List<String> NAMES = List.of("chat", "alerts", "prices");

	private final ResilientWebSocketClients clients;

	private final ClientWatch watch;

	private final DemoServer server;

	private final Prices prices;

	private final EventStream stream;

	private final @Nullable Instances instances;

	private @Nullable Snapshot last;

	Snapshots(ResilientWebSocketClients clients, ClientWatch watch, DemoServer server, Prices prices,
			EventStream stream, ObjectProvider<Instances> instances) {
		this.clients = clients;
		this.watch = watch;
		this.server = server;
		this.prices = prices;
		this.stream = stream;
		this.instances = instances.getIfAvailable();
	}

	Snapshot take() {
		List<ClientView> views = new ArrayList<>();
		this.clients.forEach((client) -> views.add(view(client)));
		views.sort(Comparator.comparing((view) -> NAMES.indexOf(view.name())));
		return new Snapshot(views, this.server.status(), this.prices.stocks(),
				(this.instances != null) ? this.instances.list() : null);
	}

	@Scheduled(fixedDelay = 500)
	@EventListener({ WebSocketConnectingEvent.class, WebSocketConnectedEvent.class, WebSocketReadyEvent.class,
			WebSocketDisconnectedEvent.class, WebSocketReconnectScheduledEvent.class,
			WebSocketReconnectFailedEvent.class })
	synchronized void publish() {
		Snapshot snapshot = take();
		if (!snapshot.equals(this.last)) {
			this.last = snapshot;
			this.stream.publish("state", snapshot);
		}
	}

	private ClientView view(ResilientWebSocketClient client) {
		ClientStatus status = client.getStatus();
		ClientStatistics statistics = client.getStatistics();
		long dropped = Arrays.stream(Reason.values())
			.filter((reason) -> reason == Reason.REJECTED || reason == Reason.DROPPED || reason == Reason.EXPIRED)
			.mapToLong(statistics::getMessagesDropped)
			.sum();
		return new ClientView(client.getName(), status.state(), status.since(), status.attempts(), status.nextAttempt(),
				(status.lastCause() != null) ? status.lastCause().describe() : null,
				this.watch.roundTrip(client.getName()).map(Snapshots::millis).orElse(null), statistics.getQueueSize(),
				statistics.getQueueBytes(), statistics.getInFlight(), statistics.getInboundQueueSize(),
				statistics.getMessagesSent(), statistics.getMessagesReceived(), dropped,
				this.watch.delivered(client.getName()), statistics.getMessagesResent(), statistics.getDeadLetterCount(),
				statistics.getActiveSubscriptions(), statistics.getPendingSubscriptions(),
				statistics.getStoreProblem());
	}

	private static double millis(Duration duration) {
		return Math.round(duration.toNanos() / 10_000.0) / 100.0;
	}

}
