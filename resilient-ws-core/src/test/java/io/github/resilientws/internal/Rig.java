package io.github.resilientws.internal;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.internal.election.ScriptedElection;
import io.github.resilientws.settings.ClusterSettings.Mode;
import io.github.resilientws.settings.ReconnectSettings.Jitter;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.test.ScriptedConnection;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.test.VirtualExecutor;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client over a scripted transport in virtual time, and what its observers recorded.
 */
public final class Rig {

	public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	public final ScriptedTransport transport = new ScriptedTransport();

	public final VirtualExecutor time = this.transport.executor();

	public final EventLog events = new EventLog();

	public final List<String> received = new CopyOnWriteArrayList<>();

	public final ResilientWebSocketClient client;

	public Rig() {
		this((builder) -> builder);
	}

	public Rig(UnaryOperator<Builder> settings) {
		InstantSource clock = () -> START.plusNanos(this.time.nanoTime());
		this.client = settings
			.apply(ResilientWebSocketClient.builder("chat", URI.create("ws://localhost:1/chat"))
				.component(WebSocketTransport.class, this.transport)
				.component(InstantSource.class, clock)
				.reconnect((reconnect) -> reconnect.withJitter(Jitter.NONE))
				.observer(this.events)
				.listener((message) -> this.received.add(message.isText() ? message.text() : message.toString())))
			.build();
	}

	/**
	 * Make a client in a state; it gets READY by one session step.
	 * @param state the state
	 * @return the rig; the next attempts are left to the test
	 */
	public static Rig in(ConnectionState state) {
		Rig rig = new Rig((builder) -> builder
			.session((session) -> new SessionSettings(session.timeout(),
					List.of(new SessionSettings.Step("", "welcome", List.of())), List.of()))
			.cluster((cluster) -> cluster.withMode((state == ConnectionState.STANDBY) ? Mode.ONE : Mode.EACH))
			.component(LineElection.class, new ScriptedElection()));
		rig.transport.script((connection) -> {
			connection.open();
			connection.text("welcome");
		});
		switch (state) {
			case CONNECTING -> rig.transport.pending();
			case ESTABLISHING -> rig.transport.autoOpen();
			case BACKING_OFF -> rig.transport.failWith(new DisconnectCause.ConnectFailed(new Exception()));
			case FAILED -> rig.transport.failWith(new DisconnectCause.HandshakeRefused(400, Map.of()));
			default -> {
			}
		}
		if (state != ConnectionState.IDLE) {
			rig.client.connect();
		}
		switch (state) {
			case SUSPENDED -> rig.client.suspend();
			case CLOSED -> rig.client.disconnect();
			case DRAINING -> {
				rig.connection().holdWrites();
				rig.client.send("held");
				rig.client.disconnect();
			}
			default -> {
			}
		}
		assertThat(rig.state()).isEqualTo(state);
		rig.transport.pending();
		return rig;
	}

	public Rig connect() {
		this.client.connect();
		assertThat(this.state()).isEqualTo(ConnectionState.READY);
		return this;
	}

	public ConnectionState state() {
		return this.client.getState();
	}

	public ScriptedConnection connection() {
		return this.transport.lastConnection();
	}

	public ScriptedConnection connection(int number) {
		return this.transport.connections().get(number - 1);
	}

	public int attempts() {
		return this.transport.connections().size();
	}

	public void advance(Duration duration) {
		this.time.advance(duration);
	}

	public void advanceMillis(long millis) {
		this.time.advance(Duration.ofMillis(millis));
	}

	/** Wait until all events that were published so far have arrived. */
	public void settle() {
		// both futures complete behind earlier events, and change nothing
		CompletableFuture<?> last = (state() == ConnectionState.READY) ? this.client.connect() : this.client.probe();
		last.handle((result, failure) -> null).orTimeout(5, TimeUnit.SECONDS).join();
	}

	public List<String> observed() {
		settle();
		return this.events.lines();
	}

	public List<String> observed(String start) {
		settle();
		return this.events.lines(start);
	}

	public static Delivery delivered(CompletableFuture<Delivery> future) {
		return future.orTimeout(5, TimeUnit.SECONDS).join();
	}

	public static WebSocketDeliveryException undelivered(CompletableFuture<Delivery> future) {
		return (WebSocketDeliveryException) failure(future);
	}

	public static Throwable failure(CompletableFuture<?> future) {
		return future.<Throwable>handle((result, failure) -> failure).orTimeout(5, TimeUnit.SECONDS).join();
	}

}
