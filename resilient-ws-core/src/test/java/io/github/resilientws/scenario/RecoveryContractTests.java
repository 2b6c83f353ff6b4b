package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client loses its server in the middle of a stream and finds it again.
 */
abstract class RecoveryContractTests {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private Server server;

	abstract Server start() throws Exception;

	List<String> causes(Server.Kick how) {
		return (how.code() == 1006) ? List.of("Closed 1006", "WriteFailed") : List.of("Closed " + how.code());
	}

	@BeforeEach
	void startServer() throws Exception {
		this.server = this.scenario.use(start());
	}

	@ParameterizedTest
	@EnumSource(Server.Kick.class)
	void restartInMidStreamIsSurvivedAndEveryFutureIsTrue(Server.Kick how) throws Exception {
		// a machine that is busy with the stream must not lose a beat
		ResilientWebSocketClient client = connect(
				(heartbeat) -> heartbeat.withInterval(Duration.ofMinutes(1)).withTimeout(Scenario.LIMIT));
		AtomicBoolean enough = new AtomicBoolean();
		CompletableFuture<Void> stream = CompletableFuture.runAsync(() -> IntStream.range(0, 100_000)
			.takeWhile((i) -> !enough.get())
			.forEach((i) -> this.scenario.sends().send(client, Integer.toString(i))));
		await().atMost(Scenario.LIMIT).until(() -> this.server.textCount() > 500);

		this.server.stop(how);
		await().atMost(Duration.ofSeconds(1).plus(Scenario.SLACK)).until(this::isDisconnected);
		this.server.restart();
		awaitReady(client);

		enough.set(true);
		stream.join();
		this.scenario.sends().send(client, "last");
		await().atMost(Scenario.LIMIT).until(() -> this.server.texts().contains("last"));
		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
		List<String> arrived = this.server.texts();
		this.scenario.sends().assertAccountFor(arrived);
		assertThat(arrived.subList(0, arrived.size() - 1).stream().map(Integer::valueOf)).isSorted();
		assertThat(Events.describe(this.scenario.events().disconnects().get(0))).isIn(causes(how));
	}

	@Test
	void messagesSentWhileTheServerIsDownArriveOnceAndInOrder() throws Exception {
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(this.server.url()));
		this.server.stop(Server.Kick.FIN);
		await().atMost(Scenario.LIMIT).until(this::isDisconnected);
		List<String> messages = IntStream.range(0, 10_000).mapToObj(Integer::toString).toList();

		messages.forEach((message) -> this.scenario.sends().send(client, message));
		assertThat(this.scenario.sends().open()).isEqualTo(10_000);
		this.server.restart();

		awaitReady(client);
		await().atMost(Scenario.LIMIT).until(() -> this.server.textCount() >= 10_000);
		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
		assertThat(this.server.texts()).isEqualTo(messages);
		this.scenario.sends().assertAccountFor(messages);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void silentServerIsFoundWithinIntervalAndMissedTimeouts(int maxMissed) throws Exception {
		ResilientWebSocketClient client = connect(maxMissed);

		this.server.goSilent();

		awaitHeartbeatLost(maxMissed);
		assertThat(this.scenario.events().count("HeartbeatMissed")).isGreaterThanOrEqualTo(maxMissed);
		awaitReady(client);
	}

	@Test
	void serverThatSendsButDoesNotReadIsFoundByTheBeatThatIsNotWritten() throws Exception {
		ResilientWebSocketClient client = connect(1);
		ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
		this.scenario.use(ticker::shutdownNow);
		this.server.stopReading();
		ticker.scheduleAtFixedRate(() -> this.server.push("tick"), 0, 20, TimeUnit.MILLISECONDS);

		String block = "x".repeat(64 * 1024);
		IntStream.range(0, 240).forEach((i) -> this.scenario.sends().send(client, i + block));

		awaitHeartbeatLost(1);
		awaitReady(client);
		this.scenario.sends().awaitNoneOpen(Scenario.LIMIT);
		await().atMost(Scenario.LIMIT).until(() -> client.getStatistics().getQueueSize() == 0);
	}

	private ResilientWebSocketClient connect(int maxMissed) throws Exception {
		return connect((heartbeat) -> Scenario.impatient(heartbeat).withMaxMissed(maxMissed));
	}

	private ResilientWebSocketClient connect(UnaryOperator<HeartbeatSettings> heartbeat) throws Exception {
		return this.scenario.connect(this.scenario.builder(this.server.url())
			.queue((queue) -> queue.withOverflow(Overflow.BLOCK, Duration.ofSeconds(5)))
			.heartbeat(heartbeat));
	}

	private void awaitReady(ResilientWebSocketClient client) {
		Duration bound = Scenario.MAX_DELAY.plusMillis(500).plus(Scenario.SLACK);
		await().atMost(bound).until(client::isReady);
	}

	private void awaitHeartbeatLost(int maxMissed) {
		Duration bound = Scenario.INTERVAL.plus(Scenario.TIMEOUT.multipliedBy(maxMissed)).plus(Scenario.SLACK);
		await().atMost(bound).until(this::isDisconnected);
		assertThat(this.scenario.events().disconnects().get(0)).isInstanceOf(DisconnectCause.HeartbeatLost.class);
	}

	private boolean isDisconnected() {
		return this.scenario.events().has(WebSocketDisconnectedEvent.class);
	}

}
