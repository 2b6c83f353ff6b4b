package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketClosedEvent;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The end of an application: what was accepted is sent, and nothing is left behind.
 */
class ShutdownIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final String TIMEOUTS = timeouts("1s", "500ms");

	// no end that works takes so long, even on a slow machine
	private static final String LONG_TIMEOUTS = timeouts("10s", "10s");

	// clients that other tests made by hand share threads that stay
	private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

	private final TestWebSocketServer server = TestWebSocketServer.startWithSmallBuffers();

	@AfterEach
	void closeServerAndFindNoThread() {
		this.server.close();
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !this.threadsBefore.contains(thread))
				.noneMatch((thread) -> thread.getName().startsWith("resilient-ws")));
	}

	@Test
	void whatWasAcceptedIsSentBeforeTheEnd() {
		ConfigurableApplicationContext context = run(LONG_TIMEOUTS);
		ResilientWebSocketClient chat = ready(context);
		List<CompletableFuture<Delivery>> deliveries = IntStream.range(0, 2000)
			.mapToObj((number) -> chat.send("message " + number))
			.toList();
		context.close();
		assertThat(deliveries).allMatch((delivery) -> delivery.isDone() && !delivery.isCompletedExceptionally());
		assertThat(this.server.seen().texts()).hasSize(2000).endsWith("message 1999");
		assertThat(this.server.seen().closes()).containsExactly(1000);
		assertThat(chat.send("late")).failsWithin(LIMIT)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(WebSocketDeliveryException.class,
					(ex) -> assertThat(ex.getReason()).isEqualTo(Reason.CLOSED));
	}

	@Test
	void peerThatDoesNotReadDelaysTheEndNoLongerThanTheTimeouts() {
		ConfigurableApplicationContext context = run(TIMEOUTS);
		ResilientWebSocketClient chat = ready(context);
		this.server.all().stopReading();
		String text = "x".repeat(10_000);
		List<CompletableFuture<Delivery>> deliveries = IntStream.range(0, 1500)
			.mapToObj((number) -> chat.send(text))
			.toList();
		Duration length = timeOfClose(context);
		assertThat(length).isBetween(SECOND, Duration.ofSeconds(5));
		assertThat(deliveries).allMatch(CompletableFuture::isDone)
			.anyMatch(CompletableFuture::isCompletedExceptionally);
	}

	@Test
	void peerThatDoesNotAnswerTheCloseFrameDelaysTheEndNoLongerThanCloseTimeout() {
		ConfigurableApplicationContext context = run(timeouts("20s", "500ms"));
		ready(context);
		this.server.all().goSilent();
		assertThat(timeOfClose(context)).isBetween(Duration.ofMillis(450), Duration.ofSeconds(5));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CONNECTING", "ESTABLISHING", "BACKING_OFF", "FAILED", "SUSPENDED", "IDLE" })
	void outsideReadyTheEndComesAtOnce(ConnectionState state) throws InterruptedException {
		String settings = switch (state) {
			case ESTABLISHING -> "session: { steps: [ { await: never } ] }";
			case FAILED -> "reconnect: { enabled: false }";
			case IDLE -> "auto-startup: false";
			default -> "reconnect: { initial-delay: 10s, jitter: none }";
		};
		if (state == ConnectionState.CONNECTING) {
			this.server.always().hang();
		}
		else if (state == ConnectionState.BACKING_OFF || state == ConnectionState.FAILED) {
			this.server.always().refuse(503);
		}
		ConfigurableApplicationContext context = run("""
				resilient-ws:
				  clients:
				    chat:
				      url: '%s'
				      SETTINGS
				""".replace("SETTINGS", settings));
		ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
		if (state == ConnectionState.SUSPENDED) {
			assertThat(chat.awaitReady(LIMIT)).isTrue();
			assertThat(chat.suspend()).succeedsWithin(LIMIT);
		}
		Awaitility.await().atMost(LIMIT).until(chat::getState, state::equals);
		if (state == ConnectionState.CONNECTING) {
			this.server.seen().awaitHandshakes(1, LIMIT);
		}
		CompletableFuture<Delivery> waiting = chat.send("never sent");
		// less than any of the time-outs
		assertThat(timeOfClose(context)).isLessThan(Duration.ofSeconds(4));
		assertThat(waiting).isCompletedExceptionally();
		assertThat(chat.getState()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void listenersThatBlockDoNotHoldUpTheEnd() {
		ConfigurableApplicationContext context = run(TIMEOUTS, BlockingListener.class);
		ready(context);
		BlockingListener listener = context.getBean(BlockingListener.class);
		this.server.open().push("block");
		Awaitility.await().atMost(LIMIT).until(() -> listener.entered.getCount() == 0);
		assertThat(timeOfClose(context)).isLessThan(Duration.ofSeconds(6));
		this.server.seen().awaitReceived(Kind.CLOSE, 1, LIMIT);
	}

	@Test
	void listenerOfTheLastEventThatBlocksDoesNotHoldUpTheEnd() {
		ConfigurableApplicationContext context = run(TIMEOUTS, BlockingEventListener.class);
		ready(context);
		assertThat(timeOfClose(context)).isLessThan(Duration.ofSeconds(8));
	}

	@Test
	void clientIsClosedBeforeBeansThatItsListenersUse() {
		ConfigurableApplicationContext context = run(LONG_TIMEOUTS, EventLog.class);
		ResilientWebSocketClient chat = ready(context);
		EventLog log = context.getBean(EventLog.class);
		context.close();
		assertThat(chat.getState()).isEqualTo(ConnectionState.CLOSED);
		assertThat(log.names()).endsWith("Disconnected", "Closed");
	}

	@Test
	void failureOfTheStartLeavesNothingBehind() {
		assertThatException().isThrownBy(() -> run(TIMEOUTS, Broken.class)).havingRootCause().withMessage("broken");
		assertThat(this.server.seen().handshakes()).isEmpty();
	}

	private static String timeouts(String shutdown, String close) {
		return """
				resilient-ws:
				  defaults: { shutdown-timeout: %s, close-timeout: %s }
				  clients: { chat: { url: '%%s' } }
				""".formatted(shutdown, close);
	}

	private ConfigurableApplicationContext run(String yaml, Class<?>... sources) {
		return Contexts.run(WebApplicationType.NONE, yaml.formatted(this.server.url()), sources);
	}

	private static ResilientWebSocketClient ready(ConfigurableApplicationContext context) {
		ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
		Awaitility.await().atMost(LIMIT).until(chat::isReady);
		return chat;
	}

	private static Duration timeOfClose(ConfigurableApplicationContext context) {
		long begin = System.nanoTime();
		context.close();
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	static class BlockingListener {

		final CountDownLatch entered = new CountDownLatch(1);

		@WebSocketListener
		void on(String text) throws InterruptedException {
			this.entered.countDown();
			new CountDownLatch(1).await();
		}

	}

	static class BlockingEventListener {

		@EventListener
		void on(WebSocketClosedEvent event) throws InterruptedException {
			new CountDownLatch(1).await();
		}

	}

	static class Broken {

		Broken(ResilientWebSocketClient client) {
			client.send("kept");
			throw new IllegalStateException("broken");
		}

	}

}
