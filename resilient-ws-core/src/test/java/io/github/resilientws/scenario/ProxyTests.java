package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A reverse proxy between client and server: run by {@code interop/run.sh}.
 */
@Tag("interop")
@Timeout(120)
class ProxyTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final TestWebSocketServer server = this.scenario.server().echo();

	@Test
	void heartbeatKeepsIdleConnectionsOpen() throws Exception {
		List<ResilientWebSocketClient> clients = List.of(connect(start(Kind.NGINX), Mode.PING),
				connect(start(Kind.HAPROXY), Mode.PING));

		await().pollDelay(MINUTE).atMost(MINUTE.plus(Scenario.LIMIT)).until(() -> true);

		assertThat(this.scenario.events().disconnects()).isEmpty();
		assertThat(this.server.seen().connectionCount()).isEqualTo(2);
		assertThat(clients).allMatch(ResilientWebSocketClient::isReady);
	}

	@ParameterizedTest
	@EnumSource
	void idleConnectionWithoutHeartbeatIsCutAndReplaced(Kind kind) throws Exception {
		connect(start(kind), Mode.OFF);

		awaitReady(2);
		assertThat(Events.describe(this.scenario.events().disconnects().get(0))).isEqualTo("Closed 1006");
	}

	@ParameterizedTest
	@EnumSource
	void reloadIsSurvived(Kind kind) throws Exception {
		Proxy proxy = start(kind);
		ResilientWebSocketClient client = connect(proxy, Mode.PING);

		for (int i = 2; i < 5; i++) {
			proxy.reload();
			awaitReady(i);
		}

		assertThat(client.send("after all").get().attempts()).isEqualTo(1);
		this.server.seen().awaitText("after all", Scenario.LIMIT);
	}

	@ParameterizedTest
	@EnumSource
	void backendThatIsGoneIsFoundWhenItIsBack(Kind kind) throws Exception {
		connect(start(kind), Mode.PING);

		this.server.stop();
		await().atMost(Scenario.LIMIT)
			.until(() -> this.scenario.events()
				.scheduled()
				.stream()
				.anyMatch((event) -> event.getCause()
					.describe()
					.equals("handshake refused with status " + kind.statusWithoutServer)));
		this.server.restart();

		awaitReady(2);
	}

	private Proxy start(Kind kind) throws Exception {
		int port = this.server.port();
		return this.scenario.use((kind == Kind.NGINX) ? Proxy.nginx(port) : Proxy.haproxy(port));
	}

	private ResilientWebSocketClient connect(Proxy proxy, Mode mode) throws Exception {
		// a quarter of what the proxies wait, and patient with a busy machine
		return this.scenario.connect(this.scenario.builder(proxy.url())
			.heartbeat((heartbeat) -> heartbeat.withMode(mode)
				.withInterval(Duration.ofMillis(500))
				.withTimeout(Duration.ofMillis(400))
				.withMaxMissed(10)));
	}

	private void awaitReady(int times) {
		await().atMost(Scenario.LIMIT)
			.until(() -> this.scenario.events().of(WebSocketReadyEvent.class).size() >= times);
	}

	enum Kind {

		NGINX(502), HAPROXY(503);

		private final int statusWithoutServer;

		Kind(int statusWithoutServer) {
			this.statusWithoutServer = statusWithoutServer;
		}

	}

}
