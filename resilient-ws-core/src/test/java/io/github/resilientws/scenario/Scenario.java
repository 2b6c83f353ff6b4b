package io.github.resilientws.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.ReconnectSettings.Jitter;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.spring.SpringWebSocketTransport;

import static org.awaitility.Awaitility.await;

/**
 * Makes servers and impatient clients for one test. At its end it disconnects the clients
 * and checks that no future is left open.
 */
final class Scenario implements AfterEachCallback {

	/** What a busy machine may add to any bound. */
	static final Duration SLACK = Duration.ofSeconds(2);

	static final Duration LIMIT = Duration.ofSeconds(10);

	static final Duration INTERVAL = Duration.ofMillis(600);

	static final Duration TIMEOUT = Duration.ofMillis(500);

	static final Duration INITIAL_DELAY = Duration.ofMillis(100);

	static final Duration MAX_DELAY = Duration.ofMillis(200);

	private final Events events = new Events();

	private final Sends sends = new Sends();

	private final Deque<AutoCloseable> resources = new ArrayDeque<>();

	private final List<ResilientWebSocketClient> clients = new ArrayList<>();

	private WebSocketTransport transport;

	Events events() {
		return this.events;
	}

	Sends sends() {
		return this.sends;
	}

	TestWebSocketServer server() {
		return use(TestWebSocketServer.start());
	}

	<T extends AutoCloseable> T use(T resource) {
		this.resources.push(resource);
		return resource;
	}

	/**
	 * Let clients connect through something else than Netty.
	 * @param transport the transport
	 */
	void over(WebSocketTransport transport) {
		this.transport = transport;
	}

	/** Let clients connect through Spring's {@code WebSocketClient}. */
	void overSpring() {
		ExecutorService blocking = Executors.newCachedThreadPool();
		use(blocking::shutdown);
		over(use(new SpringWebSocketTransport(blocking, new NameLookups(), true)));
	}

	ResilientWebSocketClient.Builder builder(URI url) {
		ResilientWebSocketClient.Builder builder = ResilientWebSocketClient.builder("test", url);
		if (this.transport != null) {
			builder.component(WebSocketTransport.class, this.transport);
		}
		return tune(builder).observer(this.events.observer());
	}

	ResilientWebSocketClient.Builder tune(ResilientWebSocketClient.Builder builder) {
		// a busy machine may well stop for a second
		return builder.heartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofMinutes(1)).withTimeout(LIMIT))
			.reconnect((reconnect) -> reconnect.withBackOff(INITIAL_DELAY, 1.5, MAX_DELAY).withJitter(Jitter.NONE))
			.connectTimeout(Duration.ofSeconds(5))
			.closeTimeout(Duration.ofMillis(500))
			.shutdownTimeout(Duration.ofSeconds(1));
	}

	/**
	 * Let a server that is silent be found soon.
	 * @param heartbeat the settings
	 * @return the settings, for a server that answers in half a second
	 */
	static HeartbeatSettings impatient(HeartbeatSettings heartbeat) {
		return heartbeat.withInterval(INTERVAL).withTimeout(TIMEOUT);
	}

	/**
	 * Let some beats go out.
	 * @param heartbeat the settings
	 * @return the settings, for a server that answers as soon as a busy machine lets it
	 */
	static HeartbeatSettings patient(HeartbeatSettings heartbeat) {
		return heartbeat.withInterval(SLACK.plus(INTERVAL)).withTimeout(SLACK);
	}

	ResilientWebSocketClient build(ResilientWebSocketClient.Builder builder) {
		ResilientWebSocketClient client = builder.build();
		this.clients.add(client);
		return client;
	}

	/**
	 * Build a client and begin to connect it.
	 * @param builder what to build
	 * @return the client
	 */
	ResilientWebSocketClient dial(ResilientWebSocketClient.Builder builder) {
		ResilientWebSocketClient client = build(builder);
		client.connect();
		return client;
	}

	/**
	 * Build a client and connect it.
	 * @param builder what to build
	 * @return the client, ready
	 */
	ResilientWebSocketClient connect(ResilientWebSocketClient.Builder builder) throws Exception {
		ResilientWebSocketClient client = build(builder);
		client.connect().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		return client;
	}

	static void awaitState(ResilientWebSocketClient client, ConnectionState state) {
		await().atMost(LIMIT).until(client::getState, (present) -> present == state);
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		try {
			List<CompletableFuture<Void>> closed = this.clients.stream()
				.map(ResilientWebSocketClient::disconnect)
				.toList();
			CompletableFuture.allOf(closed.toArray(new CompletableFuture<?>[0]))
				.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
			this.sends.awaitNoneOpen(LIMIT);
		}
		finally {
			for (AutoCloseable resource : this.resources) {
				resource.close();
			}
		}
	}

}
