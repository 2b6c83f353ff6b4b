package io.github.resilientws.scenario;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server says before it hangs up on a client that is still writing.
 */
class LastWordsTests {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@Test
	void closeCodeIsHeardThoughWritingFailed() throws Exception {
		TestWebSocketServer server = this.scenario.use(TestWebSocketServer.startWithSmallBuffers());
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.heartbeat((heartbeat) -> heartbeat.withMode(Mode.OFF))
			.reconnect((reconnect) -> reconnect.withOnClose("4321", ReconnectAction.STOP)));
		server.open().stopReading();
		String text = "x".repeat(10_000);
		while (client.getStatistics().getInFlight() == 0 && client.getStatistics().getQueueSize() < 1000) {
			this.scenario.sends().send(client, text);
		}

		server.open().close(4321, "enough");
		server.open().fin();

		Scenario.awaitState(client, ConnectionState.FAILED);
		assertThat(client.getStatus().lastCause()).isEqualTo(new DisconnectCause.Closed(4321, "enough", true));
	}

}
