package io.github.resilientws.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketDeadLetterEvent;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.StoreSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * No accepted message is lost, even if messages, acknowledgements and connections are
 * lost; and no future reports a wrong result.
 */
@Timeout(120)
abstract class DeliveryContractTests {

	static final Duration LIMIT = Duration.ofSeconds(30);

	static final Duration ACK_TIMEOUT = Duration.ofMillis(200);

	private static final Duration DELAY = Duration.ofMillis(100);

	/** A busy machine may need many. */
	static final int MANY_ATTEMPTS = 50;

	@RegisterExtension
	final Scenario scenario = new Scenario();

	final TotalQueue queue = new TotalQueue();

	DeliverySettings delivery = DeliverySettings.DEFAULTS.atLeastOnce()
		.withAckTimeout(ACK_TIMEOUT)
		.withMaxAttempts(MANY_ATTEMPTS);

	Server server;

	abstract Server start() throws Exception;

	StoreSettings store() {
		return StoreSettings.MEMORY;
	}

	@BeforeEach
	void startServer() throws Exception {
		this.server = this.scenario.use(start());
		this.server.acknowledge(AckPlan.ALL);
	}

	@ParameterizedTest
	@CsvSource({ "1, 15", "16, 150" })
	void everyFifthAcknowledgementIsLost(int window, int messages) throws Exception {
		this.server.acknowledge(AckPlan.dropping(0.2));
		ResilientWebSocketClient client = connect((settings) -> settings.withWindow(window));

		this.queue.send(client, messages);

		assertNothingLost(client);
		assertThat(this.server.textCount()).isGreaterThan(messages);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 16 })
	void serverSwallowsMessagesAndResets(int window) throws Exception {
		ResilientWebSocketClient client = connectWithLongAckTimeout(window);
		this.queue.send(client, 20);
		this.queue.awaitNoneOpen(LIMIT);
		this.server.acknowledge(AckPlan.NONE);
		this.queue.send(client, 100);
		await().atMost(LIMIT).until(() -> this.server.textCount() == 20 + window);

		// before the next connection is made: the window is full, so nothing comes
		// meanwhile
		this.server.acknowledge(AckPlan.ALL);
		this.server.kick(Server.Kick.RST);

		assertNothingLost(client);
		assertThat(this.server.textCount()).isGreaterThan(120);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 16 })
	void serverLeavesMessagesUnreadAndResets(int window) throws Exception {
		ResilientWebSocketClient client = connectWithLongAckTimeout(window);
		this.queue.send(client, 20);
		this.queue.awaitNoneOpen(LIMIT);
		this.server.stopReading();
		this.queue.send(client, 100);
		await().atMost(LIMIT).until(() -> client.getStatistics().getInFlight() == window);

		this.server.kick(Server.Kick.RST);

		assertNothingLost(client);
		assertThat(client.getStatistics().getMessagesResent()).isPositive();
	}

	@ParameterizedTest
	@CsvSource({ "1, 5", "16, 10" })
	void serverEndsTheConnectionInsteadOfTheFirstAcknowledgement(int window, int messages) throws Exception {
		this.server.acknowledge(AckPlan.killedByFirst(1));
		ResilientWebSocketClient client = connectWithLongAckTimeout(window);

		this.queue.send(client, messages);

		assertNothingLost(client);
		await().atMost(LIMIT).until(() -> !this.scenario.events().disconnects().isEmpty());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 16 })
	void messageThatEndsTenConnectionsIsGivenUpAndReported(int window) throws Exception {
		this.server.acknowledge(AckPlan.killedBy("main 5"));
		ResilientWebSocketClient client = connectWithLongAckTimeout(window);

		this.queue.send(client, 30);

		this.queue.awaitNoneOpen(LIMIT);
		check("main 5");
		// an end may overtake the acknowledgement of an earlier message
		await().atMost(LIMIT).until(() -> this.scenario.events().disconnects().size() >= 10);
		assertThat(client.getDeadLetters().list()).singleElement()
			.extracting(DeadLetter::cause)
			.isEqualTo(DeadLetter.Cause.POISON);
		await().atMost(LIMIT).until(() -> this.scenario.events().of(WebSocketDeadLetterEvent.class).size() == 1);
	}

	final ResilientWebSocketClient connectWithLongAckTimeout(int window) throws Exception {
		return connect((settings) -> settings.withAckTimeout(LIMIT).withWindow(window));
	}

	final ResilientWebSocketClient connect(UnaryOperator<DeliverySettings> settings) throws Exception {
		return connect(this.server.url(), settings, Duration.ofSeconds(50));
	}

	final ResilientWebSocketClient connect(URI url, UnaryOperator<DeliverySettings> settings, Duration beatTimeout)
			throws Exception {
		this.delivery = settings.apply(this.delivery);
		return this.scenario.connect(this.scenario.builder(url)
			.delivery((defaults) -> this.delivery)
			.queue((queue) -> queue.withStore(store()))
			.reconnect((reconnect) -> reconnect.withBackOff(DELAY, 1, DELAY))
			.heartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofMinutes(1)).withTimeout(beatTimeout)));
	}

	final void assertNothingLost(ResilientWebSocketClient client) {
		this.queue.awaitNoneOpen(LIMIT);
		check();
		assertThat(client.getDeadLetters().list()).isEmpty();
		assertThat(this.scenario.events().has(WebSocketDeadLetterEvent.class)).isFalse();
		await().atMost(LIMIT).until(() -> client.getStatistics().getQueueSize() == 0);
		assertThat(client.getStatistics().getInFlight()).isZero();
	}

	final void check(String... reported) {
		this.queue.check(this.delivery, this.server.arrivals(), this.server.acknowledged(),
				this.scenario.events().disconnects().size(), reported);
	}

}
