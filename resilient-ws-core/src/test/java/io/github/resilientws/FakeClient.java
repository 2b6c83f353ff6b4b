package io.github.resilientws;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.HeartbeatSettings;

/**
 * A client without a connection: a test sets its state and plays its messages.
 */
public class FakeClient implements ResilientWebSocketClient {

	private final String name;

	/** Listeners added and not removed. */
	public final List<WebSocketMessageListener> listeners = new CopyOnWriteArrayList<>();

	/** The figures. */
	public final FakeStatistics statistics = new FakeStatistics();

	/** The state. */
	public ConnectionState state = ConnectionState.IDLE;

	/** When the next attempt is due. */
	public @Nullable Instant nextAttempt;

	public FakeClient(String name) {
		this.name = name;
	}

	public void receive(String text) {
		receive(InboundMessage.text(text));
	}

	public void receive(InboundMessage message) {
		this.listeners.forEach((listener) -> listener.onMessage(message));
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public ConnectionState getState() {
		return this.state;
	}

	@Override
	public ClientStatus getStatus() {
		return new ClientStatus(this.state, Instant.EPOCH, null, 0, null, this.nextAttempt, List.of());
	}

	@Override
	public ClientStatistics getStatistics() {
		return this.statistics;
	}

	@Override
	public AutoCloseable addListener(WebSocketMessageListener listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	@Override
	public CompletableFuture<Delivery> send(OutboundMessage message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> connect() {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> disconnect() {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> reconnect() {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> suspend() {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> resume() {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Duration> probe() {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean awaitReady(Duration timeout) {
		throw new UnsupportedOperationException();
	}

	@Override
	public HeartbeatSettings getHeartbeat() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void updateHeartbeat(UnaryOperator<HeartbeatSettings> update) {
		throw new UnsupportedOperationException();
	}

}
