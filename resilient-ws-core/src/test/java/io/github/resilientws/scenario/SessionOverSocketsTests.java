package io.github.resilientws.scenario;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;
import io.github.resilientws.test.Peer;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Logins that a server refuses or interrupts, and the token of each attempt. The order of
 * steps, automatic replies and time-outs are tested in virtual time.
 */
class SessionOverSocketsTests {

	private static final String OK = "{\"type\":\"AUTH_OK\"}";

	private static final String NO = "{\"type\":\"AUTH_NO\"}";

	private static final Step LOGIN = new Step("{\"type\":\"AUTH\",\"token\":\"{{token}}\"}", "/type = AUTH_OK",
			List.of(new FailOn("/type = AUTH_NO", ReconnectAction.REFRESH)));

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final AtomicBoolean first = new AtomicBoolean(true);

	@Test
	void stepsAreTakenAgainWithTheTokenOfEachAttempt() throws Exception {
		TestWebSocketServer server = this.scenario.server().on(SessionOverSocketsTests::isAuth).reply(OK);
		ResilientWebSocketClient client = this.scenario.connect(builder(server, LOGIN)
			.handshakeCustomizer((handshake) -> handshake.setValue("token", "t" + handshake.getAttempt())));
		server.open().reset();
		await().atMost(Scenario.LIMIT)
			.until(() -> this.scenario.events().of(WebSocketReadyEvent.class).size() == 2 && client.isReady());

		assertThat(server.seen().texts()).containsExactly(auth("t1"), auth("t2"));
	}

	@Test
	void refusedStepIsFollowedByAnAttemptAtOnceWithAFreshToken() throws Exception {
		TestWebSocketServer server = this.scenario.server()
			.on(auth("t1"))
			.reply(NO)
			.on(SessionOverSocketsTests::isAuth)
			.reply(OK);
		this.scenario.connect(builder(server, LOGIN)
			.handshakeCustomizer((handshake) -> handshake.setValue("token", "t" + handshake.getAttempt())));

		assertThat(server.seen().texts()).containsExactly(auth("t1"), auth("t2"));
		assertThat(this.scenario.events().lines()).containsExactly("Connecting 1", "Connected",
				"Disconnected Closed 1008", "Scheduled 2 PT0S", "Connecting 2", "Connected", "Ready");
	}

	@Test
	void refusedStepsEndAfterThreeAttemptsWithACustomizer() {
		TestWebSocketServer server = this.scenario.server().on(SessionOverSocketsTests::isAuth).reply(NO);
		ResilientWebSocketClient client = this.scenario.dial(builder(server, LOGIN).handshakeCustomizer((handshake) -> {
		}));

		Scenario.awaitState(client, ConnectionState.FAILED);
		assertThat(server.seen().texts()).hasSize(3);
	}

	@Test
	void serverThatClosesDuringAStepIsRetriedWithoutLosingTheBacklog() {
		TestWebSocketServer server = this.scenario.server()
			.on(SessionOverSocketsTests::isAuth)
			.then((peer, text) -> closeFirst(peer));
		ResilientWebSocketClient client = this.scenario.build(builder(server, LOGIN));
		this.scenario.sends().send(client, "kept");

		client.connect();

		server.seen().awaitText("kept", Scenario.LIMIT);
		assertThat(server.seen().texts()).containsExactly(auth("t0"), auth("t0"), "kept");
	}

	private void closeFirst(Peer peer) {
		if (this.first.compareAndSet(true, false)) {
			peer.close(1001, "");
		}
		else {
			peer.push(OK);
		}
	}

	private ResilientWebSocketClient.Builder builder(TestWebSocketServer server, Step step) {
		return this.scenario.builder(server.url())
			.value("token", "t0")
			.session((session) -> new SessionSettings(Scenario.LIMIT, List.of(step), List.of()));
	}

	private static boolean isAuth(String text) {
		return text.contains("AUTH");
	}

	private static String auth(String token) {
		return "{\"type\":\"AUTH\",\"token\":\"" + token + "\"}";
	}

}
