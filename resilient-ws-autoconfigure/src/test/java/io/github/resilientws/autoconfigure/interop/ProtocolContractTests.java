package io.github.resilientws.autoconfigure.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.SubscriptionStatus;
import io.github.resilientws.WebSocketReplyException;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.autoconfigure.EventLog;
import io.github.resilientws.event.WebSocketClientEvent;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.event.WebSocketSubscriptionEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a client configured by the file of a protocol does with a server of another
 * project. The application has the clients {@code peer} and, where the server knows how
 * to refuse one, {@code stranger}.
 */
@Tag("protocols")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProtocolContractTests {

	static final Duration LIMIT = Duration.ofSeconds(20);

	/** How long after it listens a server may wait for its clients and they for it. */
	private static final Duration RETURN = Duration.ofSeconds(2);

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	private final String name;

	private final String clients;

	private final String example;

	private final Class<?>[] sources;

	private ServerProcess server;

	private ConfigurableApplicationContext context;

	/**
	 * Create the tests.
	 * @param server name for {@code start.sh}
	 * @param clients what stands below {@code resilient-ws.clients}
	 * @param sources further configurations of the application
	 */
	ProtocolContractTests(String server, String clients, Class<?>... sources) {
		this(server, clients, "", sources);
	}

	/**
	 * Create the tests of an example.
	 * @param server name for {@code start.sh}
	 * @param clients what stands below {@code resilient-ws.clients}
	 * @param example name of the file in {@code docs/protocols} that has the other keys
	 * of {@code peer}, or an empty text
	 * @param sources further configurations of the application
	 */
	ProtocolContractTests(String server, String clients, String example, Class<?>... sources) {
		this.name = server;
		this.clients = clients;
		this.example = example;
		this.sources = sources;
	}

	@BeforeAll
	void start() throws Exception {
		this.server = new ServerProcess(this.name);
		this.server.start();
		String yaml = "resilient-ws:\n  clients:\n" + this.clients.indent(4) + example();
		SpringApplicationBuilder application = Contexts.application(WebApplicationType.NONE, yaml, EventLog.class)
			.sources(this.sources);
		this.context = application.run("--port=" + this.server.port(), "--protocols=" + ServerProcess.DIRECTORY.toUri(),
				"--resilient-ws.defaults.connect-timeout=1s", "--resilient-ws.defaults.reconnect.initial-delay=100ms",
				"--resilient-ws.defaults.reconnect.max-delay=500ms");
		client().addListener((message) -> this.heard.add(message.text()));
		awaitReady(0, LIMIT);
		subscribe();
	}

	@AfterAll
	void stop() throws Exception {
		try (ServerProcess ended = this.server) {
			if (this.context != null) {
				this.context.close();
			}
		}
	}

	/**
	 * Send a request, and check its reply.
	 * @throws Exception if the request fails
	 */
	abstract void request() throws Exception;

	/**
	 * Subscribe once to what {@link #awaitEvent} waits for.
	 * @throws Exception if the server does not confirm it
	 */
	void subscribe() throws Exception {
	}

	/**
	 * Wait for a message that the server sends by itself, or by something that happens
	 * here.
	 * @throws Exception if there is none
	 */
	void awaitEvent() throws Exception {
	}

	/**
	 * Return whether the client sends something that the server answers.
	 * @return {@code false} if it is the server that asks
	 */
	boolean beats() {
		return true;
	}

	@Test
	void requestIsAnswered() throws Exception {
		request();
	}

	@Test
	void heartbeatIsAnswered() throws Exception {
		int ends = ends().size();

		if (beats()) {
			long before = roundTrips();
			await().atMost(LIMIT).until(() -> roundTrips() >= before + 3);
		}
		else {
			// the server ends a connection that does not answer
			await().pollDelay(Duration.ofSeconds(3)).atMost(LIMIT).until(() -> true);
		}

		assertThat(ends()).hasSize(ends);
		awaitEvent();
	}

	@Test
	void frozenServerIsFoundByTheHeartbeat() throws Exception {
		int ready = readies();
		int ends = ends().size();

		this.server.freeze();
		try {
			await().atMost(LIMIT).until(() -> ends().size() > ends);
		}
		finally {
			this.server.thaw();
		}

		assertThat(ends().get(ends)).isInstanceOf(DisconnectCause.HeartbeatLost.class);
		awaitReady(ready, LIMIT);
		request();
	}

	@Test
	void killedServerIsFoundWhenItIsBack() throws Exception {
		int ready = readies();

		this.server.kill();
		await().atMost(LIMIT).until(() -> !client().isReady());
		CompletableFuture<Void> waiting = CompletableFuture.runAsync(this::requestUnchecked);
		this.server.start();
		long listening = System.nanoTime();

		awaitReady(ready, RETURN);
		waiting.get();
		this.heard.clear();
		this.events.clear();
		awaitEvent();
		assertThat(Duration.ofNanos(System.nanoTime() - listening)).isLessThan(RETURN);
	}

	final ResilientWebSocketClient client() {
		return this.context.getBean(ResilientWebSocketClients.class).get("peer");
	}

	final <T> T call(String destination, Object payload, Class<T> type) throws Exception {
		return client().convertSendAndReceive(destination, payload, type).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	final <T> T refusal(String destination, Object payload, Class<T> type) {
		CompletableFuture<Object> reply = client().convertSendAndReceive(destination, payload, Object.class);
		await().atMost(LIMIT).until(reply::isDone);
		Throwable failure = catchThrowableOfType(Exception.class, reply::get).getCause();
		assertThat(failure).isInstanceOf(WebSocketReplyException.class);
		return ((WebSocketReplyException) failure).getPayload(type);
	}

	final <T> void subscribe(String destination, Class<T> type) throws Exception {
		client().subscribe(destination, type, this.events::add).active().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	final void subscribe(OutboundMessage subscription) throws Exception {
		client().subscribe(subscription, (message) -> this.events.add(message.text()))
			.active()
			.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	final void awaitEvent(Predicate<Object> expected) throws Exception {
		Object event;
		do {
			event = this.events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
			assertThat(event).as("event").isNotNull();
		}
		while (!expected.test(event));
	}

	final void assertRefused(OutboundMessage subscription) {
		WebSocketSubscription refused = client().subscribe(subscription, (message) -> {
		});
		await().atMost(LIMIT)
			.until(() -> events("peer", WebSocketSubscriptionEvent.class).stream()
				.anyMatch((event) -> event.getStatus() == SubscriptionStatus.REFUSED
						&& event.getDestination().equals(refused.getDestination())));
		assertThat(refused.isActive()).isFalse();
	}

	final void awaitHeard(Predicate<String> event) throws Exception {
		String text;
		do {
			text = this.heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
			assertThat(text).as("event").isNotNull();
		}
		while (!event.test(text));
	}

	final void assertStrangerIsRefused(String cause) {
		this.context.getBean(ResilientWebSocketClients.class).get("stranger").connect();
		await().atMost(LIMIT)
			.untilAsserted(() -> assertThat(this.events("stranger", WebSocketDisconnectedEvent.class)).isNotEmpty());
		assertThat(events("stranger", WebSocketDisconnectedEvent.class).get(0).getCause().describe()).isEqualTo(cause);
		assertThat(events("stranger", WebSocketReadyEvent.class)).isEmpty();
		this.context.getBean(ResilientWebSocketClients.class).get("stranger").disconnect();
	}

	// a second document, whose keys those of the first one override
	private String example() throws IOException {
		if (this.example.isEmpty()) {
			return "";
		}
		String yaml = Files.readString(Path.of("../docs/protocols", this.example + ".yml"));
		return "---\n" + yaml.replace("\n    " + this.example + ":\n", "\n    peer:\n");
	}

	private void requestUnchecked() {
		try {
			request();
		}
		catch (Exception ex) {
			throw new CompletionException(ex);
		}
	}

	private void awaitReady(int before, Duration limit) {
		await().atMost(limit).pollInterval(Duration.ofMillis(10)).until(() -> readies() > before && client().isReady());
	}

	private int readies() {
		return events("peer", WebSocketReadyEvent.class).size();
	}

	private List<DisconnectCause> ends() {
		return events("peer", WebSocketDisconnectedEvent.class).stream()
			.map(WebSocketDisconnectedEvent::getCause)
			.toList();
	}

	private long roundTrips() {
		return this.context.getBean(MeterRegistry.class)
			.get("resilient.ws.heartbeat.rtt")
			.tag("client", "peer")
			.timer()
			.count();
	}

	private <T extends WebSocketClientEvent> List<T> events(String client, Class<T> type) {
		return this.context.getBean(EventLog.class)
			.of(type)
			.stream()
			.filter((event) -> event.getClientName().equals(client))
			.toList();
	}

}
