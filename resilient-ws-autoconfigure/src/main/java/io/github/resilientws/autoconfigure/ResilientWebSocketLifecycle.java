package io.github.resilientws.autoconfigure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

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
import io.github.resilientws.autoconfigure.config.ClientConfiguration;

/**
 * Connects the clients when their own context is refreshed, started or restarted, and
 * disconnects them when it stops, pauses or closes. A context that restarts connects the
 * clients that were running when it stopped; a suspended client does not count as
 * running.
 */
class ResilientWebSocketLifecycle
		implements SmartLifecycle, ApplicationListener<ApplicationContextEvent>, ClientRegistrationListener {

	/** Below the graceful stop of the web server: requests in progress may still send. */
	static final int PHASE = DEFAULT_PHASE - 3072;

	private static final Set<ConnectionState> RUNNING = Set.of(ConnectionState.STANDBY, ConnectionState.CONNECTING,
			ConnectionState.ESTABLISHING, ConnectionState.READY, ConnectionState.BACKING_OFF);

	private final ApplicationContext context;

	private final ResilientWebSocketClients clients;

	private final ClientConfigurations configurations;

	/** Names of the clients to connect at the next event; guarded by this. */
	private final Set<String> waiting = new HashSet<>();

	/** Status of clients just before {@code connect()} was called; guarded by this. */
	private final Map<String, ClientStatus> dialled = new HashMap<>();

	/** Guarded by this. */
	private boolean running;

	/**
	 * Whether {@code connect()} was called on the clients that are due; guarded by this.
	 */
	private boolean dialling;

	ResilientWebSocketLifecycle(ApplicationContext context, ResilientWebSocketClients clients,
			ClientConfigurations configurations) {
		this.context = context;
		this.clients = clients;
		this.configurations = configurations;
	}

	@Override
	public synchronized void onAdded(ResilientWebSocketClient client) {
		ClientConfiguration configuration = this.configurations.find(client);
		if (configuration != null && configuration.autoStartup()) {
			if (this.dialling) {
				dial(client);
			}
			else {
				this.waiting.add(client.getName());
			}
		}
	}

	@Override
	public synchronized void onRemoved(String name) {
		this.waiting.remove(name);
		this.dialled.remove(name);
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
		// connect() only posts a task, which could otherwise run after a later stop()
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
		this.dialling = true;
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
			this.dialling = false;
			for (ResilientWebSocketClient client : this.clients) {
				if (isRunning(client)) {
					this.waiting.add(client.getName());
				}
			}
			this.dialled.clear();
		}
		for (ResilientWebSocketClient client : this.clients) {
			ends.add(ClientShutdown.prompt(client, this.configurations.find(client)));
		}
		return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
	}

	// connect() returns before the state changes
	private boolean isRunning(ResilientWebSocketClient client) {
		ClientStatus status = client.getStatus();
		return RUNNING.contains(status.state()) || this.dialled.get(client.getName()) == status;
	}

}
