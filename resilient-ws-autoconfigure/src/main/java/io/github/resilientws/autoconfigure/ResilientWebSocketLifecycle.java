package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.ContextRestartedEvent;
import org.springframework.context.event.ContextStartedEvent;

import io.github.resilientws.ClientStatus;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * Connects the clients when their own context is refreshed, started or restarted, and
 * disconnects them when it stops, pauses or closes. A context that comes back connects
 * the clients that were running when it went; a suspended one does not count as running.
 */
class ResilientWebSocketLifecycle implements SmartLifecycle, ApplicationListener<ApplicationContextEvent> {

	/** Below the graceful stop of the web server: requests in progress may still send. */
	static final int PHASE = DEFAULT_PHASE - 3072;

	private static final Set<ConnectionState> RUNNING = Set.of(ConnectionState.CONNECTING, ConnectionState.ESTABLISHING,
			ConnectionState.READY, ConnectionState.BACKING_OFF);

	private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(15);

	private static final Duration MARGIN = Duration.ofMillis(400);

	private final ApplicationContext context;

	private final ResilientWebSocketClients clients;

	private final ClientConfigurations configurations;

	/** Names of the clients to connect at the next event; guarded by this. */
	private final Set<String> waiting = new HashSet<>();

	/** Status of clients just before they were told to connect; guarded by this. */
	private final Map<String, ClientStatus> dialled = new HashMap<>();

	/** Guarded by this. */
	private boolean running;

	ResilientWebSocketLifecycle(ApplicationContext context, ResilientWebSocketClients clients,
			ClientConfigurations configurations) {
		this.context = context;
		this.clients = clients;
		this.configurations = configurations;
		configurations.getNames()
			.stream()
			.filter((name) -> configurations.get(name).autoStartup())
			.forEach(this.waiting::add);
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	@Override
	public synchronized void start() {
		this.running = true;
	}

	@Override
	public void onApplicationEvent(ApplicationContextEvent event) {
		if (event.getApplicationContext() != this.context) {
			return;
		}
		if (event instanceof ContextRefreshedEvent || event instanceof ContextStartedEvent
				|| event instanceof ContextRestartedEvent) {
			Set<String> due = takeWaiting();
			this.clients.forEach((client) -> {
				if (due.contains(client.getName())) {
					dial(client);
				}
			});
		}
	}

	private void dial(ResilientWebSocketClient client) {
		// connect() only posts; a stop() that came between would be overtaken by it
		synchronized (this) {
			if (this.running) {
				this.dialled.put(client.getName(), client.getStatus());
				client.connect();
			}
		}
	}

	private synchronized Set<String> takeWaiting() {
		if (!this.running) {
			return Set.of();
		}
		Set<String> due = Set.copyOf(this.waiting);
		this.waiting.clear();
		return due;
	}

	@Override
	public void stop() {
		disconnectAll().join();
	}

	@Override
	public void stop(Runnable callback) {
		disconnectAll().whenComplete((result, ex) -> callback.run());
	}

	// never fails; ends in time even when a listener blocks the client's own end
	private CompletableFuture<Void> disconnectAll() {
		List<CompletableFuture<?>> ends = new ArrayList<>();
		synchronized (this) {
			if (!this.running) {
				return CompletableFuture.completedFuture(null);
			}
			this.running = false;
			for (ResilientWebSocketClient client : this.clients) {
				if (isRunning(client)) {
					this.waiting.add(client.getName());
				}
			}
			this.dialled.clear();
		}
		for (ResilientWebSocketClient client : this.clients) {
			long limit = limit(client).toMillis();
			ends.add(client.disconnect().copy().orTimeout(limit, TimeUnit.MILLISECONDS).exceptionally((ex) -> null));
		}
		return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
	}

	// connect() returns before the state changes
	private boolean isRunning(ResilientWebSocketClient client) {
		ClientStatus status = client.getStatus();
		return RUNNING.contains(status.state()) || this.dialled.get(client.getName()) == status;
	}

	private Duration limit(ResilientWebSocketClient client) {
		ClientConfiguration configuration = this.configurations.find(client.getName());
		ConnectionState state = client.getState();
		if (configuration == null) {
			return DEFAULT_LIMIT;
		}
		return (state == ConnectionState.READY || state == ConnectionState.DRAINING)
				? configuration.settings().shutdownTimeout().plus(configuration.settings().closeTimeout()).plus(MARGIN)
				: MARGIN;
	}

}
