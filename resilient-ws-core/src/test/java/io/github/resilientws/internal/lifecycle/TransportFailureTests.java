package io.github.resilientws.internal.lifecycle;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections of a transport whose methods throw.
 */
class TransportFailureTests {

	@Test
	void closeThatThrowsEndsInClosed() {
		Rig rig = rig("close").connect();
		CompletableFuture<Void> closed = rig.client.disconnect();
		rig.advance(Duration.ofMinutes(1));
		assertThat(closed).succeedsWithin(Duration.ofSeconds(5));
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(rig.attempts()).isOne();
	}

	@Test
	void closeThatThrowsDoesNotUndoSuspend() {
		Rig rig = rig("close").connect();
		rig.client.suspend();
		rig.advance(Duration.ofMinutes(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.SUSPENDED);
		assertThat(rig.attempts()).isOne();
	}

	@Test
	void abortThatThrowsDoesNotKeepALostConnection() {
		Rig rig = rig("abort").connect();
		rig.advance(Duration.ofSeconds(45));
		assertThat(rig.attempts()).isGreaterThan(1);
	}

	@Test
	void messageThatEachWriteRefusesIsADeadLetter() {
		Rig rig = Acks.rig((delivery) -> delivery, (builder) -> builder.component(WebSocketTransportDecorator.class,
				(client, transport) -> throwing(transport, "write")));
		rig.connect();
		CompletableFuture<?> sent = Acks.send(rig, "1");
		rig.advance(Duration.ofMinutes(30));
		assertThat(Rig.failure(sent)).hasFieldOrPropertyWithValue("reason", Reason.UNDELIVERABLE);
		assertThat(rig.client.getDeadLetters().list()).hasSize(1);
	}

	// a message that is taken back twice would link the log to a circle
	@Test
	@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void heartbeatThatCannotBeSentWhileAcknowledgementsAreOverdueEndsTheConnectionOnly() {
		Rig rig = Acks.rig((delivery) -> delivery,
				(builder) -> builder.value("known", "x").handshakeCustomizer((handshake) -> {
				})
					.heartbeat((heartbeat) -> heartbeat.withMode(Mode.TEXT)
						.withSend("{{known}}")
						.withAwait("/type = PONG")));
		rig.client.connect().orTimeout(5, TimeUnit.SECONDS).join();
		CompletableFuture<?> first = Acks.send(rig, "a");
		Acks.alive(rig);
		CompletableFuture<?> second = Acks.send(rig, "b");
		rig.client.updateHeartbeat((heartbeat) -> heartbeat.withSend("{{missing}}"));
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(first).isNotDone();
		assertThat(second).isNotDone();
		assertThat(rig.client.getStatistics().getQueueSize()).isEqualTo(2);
	}

	private static Rig rig(String method) {
		return new Rig((builder) -> builder.component(WebSocketTransportDecorator.class,
				(client, transport) -> throwing(transport, method)));
	}

	private static WebSocketTransport throwing(WebSocketTransport transport, String method) {
		return new WebSocketTransport() {

			@Override
			public SerialExecutor newExecutor() {
				return transport.newExecutor();
			}

			@Override
			public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
					ConnectionListener listener) {
				return throwing(transport.connect(request, executor, listener), method);
			}

			@Override
			public void close() {
				transport.close();
			}

		};
	}

	private static WebSocketConnection throwing(WebSocketConnection connection, String method) {
		return (WebSocketConnection) Proxy.newProxyInstance(TransportFailureTests.class.getClassLoader(),
				new Class<?>[] { WebSocketConnection.class }, (proxy, called, arguments) -> {
					if (called.getName().equals(method)) {
						throw new IllegalStateException(method);
					}
					try {
						return called.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
