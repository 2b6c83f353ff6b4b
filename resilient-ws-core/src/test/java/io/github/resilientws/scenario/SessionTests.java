package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;
import io.github.resilientws.test.Peer;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Session steps, automatic replies and text heartbeats.
 */
class SessionTests {

	private static final String OK = "{\"type\":\"AUTH_OK\"}";

	private static final String NO = "{\"type\":\"AUTH_NO\"}";

	private static final String JOIN = "{\"type\":\"JOIN\"}";

	private static final String JOINED = "{\"type\":\"JOINED\"}";

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final AtomicBoolean first = new AtomicBoolean(true);

	private final List<String> heard = new CopyOnWriteArrayList<>();

	@Test
	void backlogLeavesOnlyWhenAllStepsAreDone() throws Exception {
		TestWebSocketServer server = this.scenario.server().on(JOIN).ignore().on(SessionTests::isAuth).reply(OK);
		ResilientWebSocketClient client = this.scenario
			.build(builder(server, step(ReconnectAction.REFRESH), new Step(JOIN, "/type = JOINED", List.of()))
				.session((session) -> new SessionSettings(Scenario.LIMIT, session.steps(), List.of())));
		this.scenario.sends().send(client, "one");
		this.scenario.sends().send(client, "two");

		client.connect();
		server.seen().awaitText(JOIN, Scenario.LIMIT);
		this.scenario.sends().send(client, "three");
		await().during(Duration.ofMillis(300)).until(() -> server.seen().textCount() == 2);
		assertThat(client.getState()).isEqualTo(ConnectionState.ESTABLISHING);
		server.last().push(JOINED);

		server.seen().awaitTexts(5, Scenario.LIMIT);
		assertThat(server.seen().texts()).containsExactly(auth("t0"), JOIN, "one", "two", "three");
		assertThat(this.heard).isEmpty();
	}

	@Test
	void stepsAreTakenAgainWithTheTokenOfEachAttempt() throws Exception {
		TestWebSocketServer server = this.scenario.server().on(SessionTests::isAuth).reply(OK);
		ResilientWebSocketClient client = this.scenario.connect(builder(server, step(ReconnectAction.REFRESH))
			.handshakeCustomizer((handshake) -> handshake.setValue("token", "t" + handshake.getAttempt())));
		server.open().reset();
		await().atMost(Scenario.LIMIT)
			.until(() -> this.scenario.events().of(WebSocketReadyEvent.class).size() == 2 && client.isReady());

		assertThat(server.seen().texts()).containsExactly(auth("t1"), auth("t2"));
	}

	@Test
	void refusedStepIsFollowedByAnAttemptAtOnceWithAFreshToken() throws Exception {
		TestWebSocketServer server = this.scenario.server().on(auth("t1")).reply(NO).on(SessionTests::isAuth).reply(OK);
		this.scenario.connect(builder(server, step(ReconnectAction.REFRESH))
			.handshakeCustomizer((handshake) -> handshake.setValue("token", "t" + handshake.getAttempt())));

		assertThat(server.seen().texts()).containsExactly(auth("t1"), auth("t2"));
		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Connected",
				"Disconnected Closed 1008", "Scheduled 2 PT0S", "Connecting 2", "Connected", "Ready");
	}

	@ParameterizedTest
	@EnumSource
	void refusedStepIsFollowedByItsAction(ReconnectAction action) {
		TestWebSocketServer server = this.scenario.server().on(SessionTests::isAuth).reply(NO);
		String expected = switch (action) {
			case RETRY -> "Scheduled 2 PT0.1S";
			case RETRY_SLOW, REFRESH -> "Scheduled 2 PT0.2S";
			case STOP -> "Failed 1";
		};

		ResilientWebSocketClient client = this.scenario.dial(builder(server, step(action)));

		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().lines().size() >= 4);
		assertThat(this.scenario.events().lines().subList(0, 3)).containsExactly("Connecting 1", "Connected",
				"Disconnected Closed 1008");
		assertThat(this.scenario.events().lines().get(3)).isEqualTo(expected);
		assertThat(this.scenario.events().disconnects().get(0)).isInstanceOfSatisfying(Closed.class,
				(closed) -> assertThat(closed.byPeer()).isFalse());
		assertThat(client.isReady()).isFalse();
	}

	@Test
	void refusedStepsEndAfterThreeAttemptsWithACustomizer() {
		TestWebSocketServer server = this.scenario.server().on(SessionTests::isAuth).reply(NO);
		ResilientWebSocketClient client = this.scenario
			.dial(builder(server, step(ReconnectAction.REFRESH)).handshakeCustomizer((handshake) -> {
			}));

		Scenario.awaitState(client, ConnectionState.FAILED);
		assertThat(server.seen().texts()).hasSize(3);
	}

	@Test
	void unansweredStepTimesOutAndIsRetried() {
		TestWebSocketServer server = this.scenario.server();

		ResilientWebSocketClient client = this.scenario.dial(builder(server, step(ReconnectAction.REFRESH))
			.session((session) -> new SessionSettings(Scenario.TIMEOUT, session.steps(), List.of())));

		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().lines().size() >= 5);
		server.seen().awaitTexts(2, Scenario.LIMIT);
		assertThat(this.scenario.events().lines()).startsWith("Connecting 1", "Connected", "Disconnected Closed 1008",
				"Scheduled 2 PT0.1S", "Connecting 2");
		assertThat(client.getStatus().lastCause()).isInstanceOf(Closed.class);
	}

	@Test
	void serverThatClosesDuringAStepIsRetriedWithoutLosingTheBacklog() {
		TestWebSocketServer server = this.scenario.server()
			.on(SessionTests::isAuth)
			.then((peer, text) -> closeFirst(peer));
		ResilientWebSocketClient client = this.scenario.build(builder(server, step(ReconnectAction.REFRESH)));
		this.scenario.sends().send(client, "kept");

		client.connect();

		server.seen().awaitText("kept", Scenario.LIMIT);
		assertThat(server.seen().texts()).containsExactly(auth("t0"), auth("t0"), "kept");
	}

	@Test
	void questionsOfTheServerAreAnsweredAndTheRestIsHeard() throws Exception {
		TestWebSocketServer server = this.scenario.server().on(SessionTests::isAuth).reply(OK);
		this.scenario.connect(this.scenario.builder(server.url())
			.listener((message) -> this.heard.add(message.text()))
			.session((session) -> new SessionSettings(session.timeout(), List.of(),
					List.of(new AutoReply("/type = ASK", "{\"type\":\"ANSWER\"}")))));

		server.last().push(List.of("a", "{\"type\":\"ASK\"}", "{\"type\":\"other\"}", "{broken"));

		server.seen().awaitText("{\"type\":\"ANSWER\"}", Scenario.LIMIT);
		await().atMost(Scenario.LIMIT)
			.untilAsserted(() -> assertThat(this.heard).containsExactly("a", "{\"type\":\"other\"}", "{broken"));
	}

	@Test
	void framesThatNoStepAwaitsReachListenersBeforeReady() throws Exception {
		TestWebSocketServer server = this.scenario.server();
		server.on(SessionTests::isAuth).then((peer, text) -> peer.push(List.of("news", OK, "more")));

		this.scenario.connect(builder(server, step(ReconnectAction.REFRESH)));

		await().atMost(Scenario.LIMIT).untilAsserted(() -> assertThat(this.heard).containsExactly("news", "more"));
	}

	@Test
	void heartbeatAnswersAreHiddenFromListeners() throws Exception {
		TestWebSocketServer server = this.scenario.server().answerPings();
		this.scenario.connect(this.scenario.builder(server.url())
			.heartbeat((heartbeat) -> Scenario.patient(heartbeat).withText("{\"type\":\"PING\"}", "/type = PONG"))
			.listener((message) -> this.heard.add(message.text())));

		server.seen().awaitTexts(2, Scenario.LIMIT);
		server.last().push("hello");

		await().atMost(Scenario.LIMIT).untilAsserted(() -> assertThat(this.heard).containsExactly("hello"));
		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Connected", "Ready");
		assertThat(server.seen().texts()).containsOnly("{\"type\":\"PING\"}");
	}

	private void closeFirst(Peer peer) {
		if (this.first.compareAndSet(true, false)) {
			peer.close(1001, "");
		}
		else {
			peer.push(OK);
		}
	}

	private ResilientWebSocketClient.Builder builder(TestWebSocketServer server, Step... steps) {
		return this.scenario.builder(server.url())
			.value("token", "t0")
			.session((session) -> new SessionSettings(Scenario.LIMIT, List.of(steps), List.of()))
			.listener((message) -> this.heard.add(message.text()));
	}

	private static Step step(ReconnectAction action) {
		return new Step("{\"type\":\"AUTH\",\"token\":\"{{token}}\"}", "/type = AUTH_OK",
				List.of(new FailOn("/type = AUTH_NO", action)));
	}

	private static boolean isAuth(String text) {
		return text.contains("AUTH");
	}

	private static String auth(String token) {
		return "{\"type\":\"AUTH\",\"token\":\"" + token + "\"}";
	}

}
