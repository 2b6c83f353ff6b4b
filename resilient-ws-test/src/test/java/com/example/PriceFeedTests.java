package com.example;

import java.net.ConnectException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.ReconnectSettings.Jitter;
import io.github.resilientws.test.ScriptedConnection;
import io.github.resilientws.test.ScriptedTransport;

import static org.assertj.core.api.Assertions.assertThat;

class PriceFeedTests {

	private final ScriptedTransport network = new ScriptedTransport();

	private final ResilientWebSocketClient client = this.network.newClient("prices")
		.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofSeconds(1), 10, Duration.ofMinutes(30))
			.withJitter(Jitter.NONE))
		.build();

	@Test
	void sparesAServerThatIsDownForHours() {
		this.network.failWith(new DisconnectCause.ConnectFailed(new ConnectException()));
		this.client.connect();
		this.network.executor().advance(Duration.ofHours(2));
		assertThat(this.network.connections()).extracting(ScriptedConnection::at)
			.extracting(Duration::toSeconds)
			.containsExactly(0L, 1L, 11L, 111L, 1111L, 2911L, 4711L, 6511L);
	}

	@Test
	void noticesAServerThatIsSilent() {
		this.client.connect();
		assertThat(this.client.isReady()).isTrue();
		this.network.executor().advance(Duration.ofSeconds(40)); // a ping after 30, 10 to
																	// answer
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(this.client.getStatus().lastCause()).isInstanceOf(DisconnectCause.HeartbeatLost.class);
	}

}
