package io.github.resilientws.internal.lifecycle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals of connections that are not the current one any more, from a transport that
 * breaks its promise not to send them.
 */
class LateSignalsTests {

	private final ScriptedTransport transport = new ScriptedTransport();

	private final List<ConnectionListener> listeners = new ArrayList<>();

	private final Rig rig = new Rig((builder) -> builder.component(WebSocketTransport.class, new Tapped()));

	@Test
	void areIgnoredAfterReconnect() {
		this.rig.connect();
		this.rig.client.reconnect();
		assertThat(this.listeners).hasSize(2);
		assertIgnored(ConnectionState.READY);
	}

	@Test
	void areIgnoredAfterSuspend() {
		this.transport.pending();
		this.rig.client.connect();
		this.rig.client.suspend();
		assertIgnored(ConnectionState.SUSPENDED);
	}

	@Test
	void areIgnoredAfterTheEnd() {
		this.rig.connect();
		this.rig.client.disconnect();
		assertIgnored(ConnectionState.CLOSED);
	}

	@Test
	void areIgnoredWhileAnotherAttemptIsUnderWay() {
		this.rig.connect();
		this.transport.pending();
		this.rig.client.reconnect();
		assertIgnored(ConnectionState.CONNECTING);
	}

	private void assertIgnored(ConnectionState state) {
		assertThat(this.rig.state()).isEqualTo(state);
		this.rig.observed();
		this.rig.events.clear();
		ConnectionListener old = this.listeners.get(0);
		this.transport.executor().execute(() -> {
			old.onOpen(Map.of());
			old.onRead();
			old.onText("late");
			old.onBinary(ByteBuffer.allocate(1));
			old.onPong(ByteBuffer.allocate(8));
			old.onWritable();
			old.onClosed(new DisconnectCause.Closed(4000, "", true));
		});
		assertThat(this.rig.state()).isEqualTo(state);
		assertThat(this.rig.observed()).isEmpty();
		assertThat(this.rig.client.getStatistics().getInboundQueueSize()).isZero();
		assertThat(this.rig.received).isEmpty();
	}

	private final class Tapped implements WebSocketTransport {

		@Override
		public SerialExecutor newExecutor() {
			return LateSignalsTests.this.transport.newExecutor();
		}

		@Override
		public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
				ConnectionListener listener) {
			LateSignalsTests.this.listeners.add(listener);
			return LateSignalsTests.this.transport.connect(request, executor, listener);
		}

		@Override
		public void close() {
			LateSignalsTests.this.transport.close();
		}

	}

}
