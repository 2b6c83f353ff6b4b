package io.github.resilientws.internal;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectForbiddenException;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands between a client and its transport.
 */
class TransportDecoratorTests {

	@Test
	void isAskedOnceWithTheNameOfTheClient() {
		List<String> clients = new ArrayList<>();
		ScriptedTransport other = new ScriptedTransport();
		Rig rig = new Rig((builder) -> builder.component(WebSocketTransportDecorator.class, (client, transport) -> {
			clients.add(client);
			return other;
		}));
		rig.client.connect();
		assertThat(clients).containsExactly("chat");
		assertThat(other.connections()).hasSize(1);
		assertThat(rig.attempts()).isZero();
	}

	@Test
	void forbiddenAttemptIsTheLast() {
		Rig rig = new Rig((builder) -> builder.component(WebSocketTransportDecorator.class,
				(client, transport) -> new Forbidding(transport)));
		assertThat(Rig.failure(rig.client.connect())).isInstanceOf(WebSocketConnectException.class)
			.hasMessage("[chat] did not become READY but FAILED: not there");
		assertThat(rig.state()).isEqualTo(ConnectionState.FAILED);
		assertThat(rig.client.getStatus().lastCause()).isInstanceOf(DisconnectCause.ConnectFailed.class);
		assertThat(rig.time.pendingTimers()).isZero();
	}

	private record Forbidding(WebSocketTransport transport) implements WebSocketTransport {

		@Override
		public SerialExecutor newExecutor() {
			return this.transport.newExecutor();
		}

		@Override
		public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
				ConnectionListener listener) {
			throw new ConnectForbiddenException("not there");
		}

		@Override
		public void close() {
		}

	}

}
