package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Probes, and other ways to notice that nothing comes any more.
 */
abstract class HeartbeatContractTests {

	static final Duration BOUND = Scenario.INTERVAL.plus(Scenario.TIMEOUT).plus(Scenario.SLACK);

	static final List<String> ALL_IS_WELL = List.of("Connecting 1", "Connected", "Ready");

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final CountDownLatch release = new CountDownLatch(1);

	@ParameterizedTest
	@EnumSource
	void probesAreAnsweredOneRightAfterTheOther(Mode mode) throws Exception {
		TestWebSocketServer server = this.scenario.server().answerPings();
		ResilientWebSocketClient client = connect(server, mode, Scenario::patient);

		for (int i = 0; i < 10; i++) {
			assertThat(client.probe()).succeedsWithin(Scenario.SLACK);
		}
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OFF")
	void silentServerIsFoundInEachMode(Mode mode) throws Exception {
		TestWebSocketServer server = this.scenario.server().answerPings();
		connect(server, mode, Scenario::impatient);

		server.open().goSilent();

		await().atMost(BOUND).until(() -> this.scenario.events().lines().contains("Disconnected HeartbeatLost"));
	}

	@ParameterizedTest
	@EnumSource
	void probeFindsASilentServer(Mode mode) throws Exception {
		TestWebSocketServer server = this.scenario.server().answerPings();
		ResilientWebSocketClient client = connect(server, mode, Scenario::impatient);
		server.open().goSilent();

		assertThat(client.probe()).failsWithin(Scenario.TIMEOUT.plus(Scenario.SLACK));
		await().atMost(BOUND).until(() -> this.scenario.events().lines().contains("Disconnected HeartbeatLost"));
	}

	@Test
	void probeOutsideReadyFails() {
		ResilientWebSocketClient client = this.scenario.build(this.scenario.builder(this.scenario.server().url()));

		assertThat(client.probe()).failsWithin(Scenario.LIMIT)
			.withThrowableThat()
			.withCauseInstanceOf(IllegalStateException.class);
	}

	@Test
	void beatsGoOutWhateverTheTraffic() throws Exception {
		TestWebSocketServer server = this.scenario.server().echo();
		ResilientWebSocketClient client = connect(server, Mode.PING, Scenario::impatient);

		long begin = System.nanoTime();
		sendUntilReceived(server, client, 3);

		// the first beat is due one interval after the handshake
		Duration elapsed = Duration.ofNanos(System.nanoTime() - begin).plus(Scenario.SLACK);
		assertThat(server.seen().pings()).hasSizeLessThanOrEqualTo((int) elapsed.dividedBy(Scenario.INTERVAL));
	}

	@Test
	void anyInputClearsABeatEvenWithoutItsPong() throws Exception {
		TestWebSocketServer server = this.scenario.server().echo();
		ResilientWebSocketClient client = connect(server, Mode.PING, Scenario::patient);
		server.open().dropPongs();

		// a beat goes out at its time only if the one before was not missed
		sendUntilReceived(server, client, 2);

		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
	}

	@Test
	void pingsOfTheServerAreAnswered() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		connect(server, Mode.OFF, Scenario::patient);

		server.last().ping("are you there?");

		server.seen().awaitReceived(Kind.PONG, 1, Scenario.LIMIT);
		assertThat(server.seen().received(Kind.PONG).get(0).text()).isEqualTo("are you there?");
	}

	@Test
	void silenceOfDataIsFoundThoughPongsCome() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		this.scenario.connect(this.scenario.builder(server.url())
			.heartbeat((heartbeat) -> Scenario.impatient(heartbeat)
				.withDataIdleTimeout(Duration.ofMillis(700))
				.withMaxMissed(1000)));

		await().atMost(BOUND).until(() -> this.scenario.events().lines().contains("Disconnected HeartbeatLost"));
	}

	@Test
	void silenceOfDataIsFoundOnlyWhileWeRead() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		ResilientWebSocketClient client = connectBlocked(server,
				(heartbeat) -> Scenario.impatient(heartbeat)
					.withDataIdleTimeout(Duration.ofMillis(700))
					.withMaxMissed(1000));
		suspendReading(server, client);
		server.seen().awaitReceived(Kind.PING, server.seen().pings().size() + 3, Scenario.LIMIT);
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);

		this.release.countDown();

		await().atMost(BOUND).until(() -> this.scenario.events().lines().contains("Disconnected HeartbeatLost"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PING", "TEXT" })
	void serverThatWantsBeatsKeepsAClientThatSendsNothing(Mode mode) throws Exception {
		TestWebSocketServer server = wantingBeats();
		connect(server, mode, HeartbeatContractTests::frequent);

		awaitBeats(server, mode, 4);

		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
	}

	@ParameterizedTest
	@EnumSource(names = { "PING", "TEXT" })
	void serverThatWantsBeatsKeepsAClientThatDoesNotRead(Mode mode) throws Exception {
		TestWebSocketServer server = wantingBeats();
		ResilientWebSocketClient client = connectBlocked(server, (heartbeat) -> in(mode, frequent(heartbeat)));
		suspendReading(server, client);

		awaitBeats(server, mode, 4);

		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
		this.release.countDown();
		await().atMost(Scenario.LIMIT).until(() -> client.getStatistics().getInboundQueueSize() == 0);
		assertThat(client.probe()).succeedsWithin(Scenario.LIMIT);
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
	}

	@Test
	void serverThatWantsBeatsKicksAClientWithoutThem() throws Exception {
		TestWebSocketServer server = wantingBeats();
		connect(server, Mode.PASSIVE, Scenario::patient);

		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().lines().contains("Disconnected Closed 1008"));
	}

	@Test
	void serverThatOnlyPingsIsAliveForAPassiveClient() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		connect(server, Mode.PASSIVE, Scenario::impatient);
		ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
		this.scenario.use(ticker::shutdownNow);

		ticker.scheduleAtFixedRate(() -> server.all().ping("tick"), 0, 50, TimeUnit.MILLISECONDS);

		assertPassiveClientSeesPings(server);
	}

	/**
	 * Check that pings of the peer, one each 50 ms, are noticed.
	 * @param server the server
	 */
	void assertPassiveClientSeesPings(TestWebSocketServer server) {
		int longerThanAnyTimeOut = (int) (BOUND.toMillis() / 50);
		server.seen().awaitReceived(Kind.PONG, longerThanAnyTimeOut, Scenario.LIMIT);
		assertThat(this.scenario.events().lines()).isEqualTo(ALL_IS_WELL);
	}

	@Test
	void updateHoldsFromTheNextBeatOn() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		ResilientWebSocketClient client = this.scenario.connect(
				this.scenario.builder(server.url()).heartbeat((heartbeat) -> heartbeat.withTimeout(Scenario.TIMEOUT)));

		client.updateHeartbeat((heartbeat) -> heartbeat.withInterval(Scenario.INTERVAL));

		server.seen().awaitReceived(Kind.PING, 2, Scenario.INTERVAL.multipliedBy(2).plus(Scenario.SLACK));
		assertThat(client.getHeartbeat().interval()).isEqualTo(Scenario.INTERVAL);
	}

	private void sendUntilReceived(TestWebSocketServer server, ResilientWebSocketClient client, int pings) {
		await().atMost(Scenario.SLACK.plus(Scenario.INTERVAL).multipliedBy(pings).plus(Scenario.SLACK)).until(() -> {
			this.scenario.sends().send(client, "x");
			return server.seen().pings().size() >= pings;
		});
	}

	private TestWebSocketServer wantingBeats() {
		return this.scenario.server().answerPings().kickAfterSilence(Scenario.SLACK, 1008);
	}

	// many beats in the silence that the server allows, each with time for a busy machine
	private static HeartbeatSettings frequent(HeartbeatSettings heartbeat) {
		return heartbeat.withInterval(Scenario.INTERVAL).withTimeout(Scenario.TIMEOUT).withMaxMissed(10);
	}

	private void awaitBeats(TestWebSocketServer server, Mode mode, int more) {
		Kind kind = (mode == Mode.TEXT) ? Kind.TEXT : Kind.PING;
		server.seen().awaitReceived(kind, server.seen().received(kind).size() + more, Scenario.LIMIT);
	}

	private ResilientWebSocketClient connectBlocked(TestWebSocketServer server,
			UnaryOperator<HeartbeatSettings> heartbeat) throws Exception {
		return this.scenario.connect(this.scenario.builder(server.url())
			.heartbeat(heartbeat)
			.maxMessageSize(1024 * 1024)
			.inbound((inbound) -> new InboundSettings(16, 1024 * 1024))
			.listener((message) -> block()));
	}

	private void block() {
		try {
			this.release.await(20, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// more than the buffers of all transports hold
	private void suspendReading(TestWebSocketServer server, ResilientWebSocketClient client) {
		server.last().push(IntStream.range(0, 1000).mapToObj(Integer::toString).toList());
		await().atMost(Scenario.LIMIT).until(() -> client.getStatistics().getInboundQueueSize() >= 16);
	}

	private static HeartbeatSettings in(Mode mode, HeartbeatSettings heartbeat) {
		HeartbeatSettings settings = (mode == Mode.TEXT) ? heartbeat.withText("{\"type\":\"PING\"}", "/type = PONG")
				: heartbeat;
		return settings.withMode(mode);
	}

	private ResilientWebSocketClient connect(TestWebSocketServer server, Mode mode,
			UnaryOperator<HeartbeatSettings> times) throws Exception {
		return this.scenario
			.connect(this.scenario.builder(server.url()).heartbeat((heartbeat) -> in(mode, times.apply(heartbeat))));
	}

}
