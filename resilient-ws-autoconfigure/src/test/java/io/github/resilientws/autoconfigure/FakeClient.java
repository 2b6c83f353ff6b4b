package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ClientStatus;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.settings.HeartbeatSettings;

/**
 * A client without a connection: connecting succeeds at once, and its status is what the
 * test says.
 */
public class FakeClient implements ResilientWebSocketClient, ClientStatistics {

	final List<WebSocketMessageListener> listeners = new CopyOnWriteArrayList<>();

	final List<String> calls = new CopyOnWriteArrayList<>();

	final FakeDeadLetters letters = new FakeDeadLetters();

	final FakeBuilder builder;

	public volatile String storeProblem;

	volatile ClientStatus status = status(ConnectionState.IDLE);

	volatile CompletableFuture<Void> disconnected = CompletableFuture.completedFuture(null);

	FakeClient(FakeBuilder builder) {
		this.builder = builder;
	}

	public FakeClient(String name) {
		this(new FakeBuilder(name));
	}

	static ClientStatus status(ConnectionState state) {
		return status(state, null, null);
	}

	public static ClientStatus status(ConnectionState state, Instant outageSince, DisconnectCause cause) {
		Instant since = Instant.parse("2026-01-01T00:00:00Z");
		return new ClientStatus(state, since, outageSince, 2, cause, null, List.of(new ClientStatus.Transition(since,
				ConnectionState.IDLE, state, (cause != null) ? cause.describe() : null)));
	}

	public FakeClient with(ClientStatus status) {
		this.status = status;
		return this;
	}

	@Override
	public String getName() {
		return this.builder.settings.name();
	}

	@Override
	public ConnectionState getState() {
		return this.status.state();
	}

	@Override
	public ClientStatus getStatus() {
		return this.status;
	}

	@Override
	public ClientStatistics getStatistics() {
		return this;
	}

	@Override
	public CompletableFuture<Delivery> send(OutboundMessage message) {
		return new CompletableFuture<>();
	}

	@Override
	public ClientDeadLetters getDeadLetters() {
		return this.letters;
	}

	public FakeDeadLetters letters() {
		return this.letters;
	}

	@Override
	public int getDeadLetterCount() {
		return this.letters.list().size();
	}

	@Override
	public long getMessagesResent() {
		return 13;
	}

	@Override
	public CompletableFuture<Void> connect() {
		this.calls.add("connect");
		this.status = status(ConnectionState.READY);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Void> disconnect() {
		this.calls.add("disconnect");
		this.status = status(ConnectionState.CLOSED);
		return this.disconnected;
	}

	@Override
	public CompletableFuture<Void> reconnect() {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Void> suspend() {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Void> resume() {
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Duration> probe() {
		return new CompletableFuture<>();
	}

	@Override
	public boolean awaitReady(Duration timeout) {
		return isReady();
	}

	@Override
	public HeartbeatSettings getHeartbeat() {
		return this.builder.settings.heartbeat();
	}

	@Override
	public void updateHeartbeat(UnaryOperator<HeartbeatSettings> update) {
		this.builder.heartbeat(update);
	}

	@Override
	public AutoCloseable addListener(WebSocketMessageListener listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	@Override
	public long getMessagesSent() {
		return 11;
	}

	@Override
	public long getMessagesReceived() {
		return 12;
	}

	@Override
	public long getMessagesDropped(Reason reason) {
		return 1;
	}

	@Override
	public int getQueueSize() {
		return 3;
	}

	@Override
	public long getQueueBytes() {
		return 300;
	}

	@Override
	public Duration getQueueAge() {
		return Duration.ZERO;
	}

	@Override
	public int getInFlight() {
		return 1;
	}

	@Override
	public int getInboundQueueSize() {
		return 0;
	}

	@Override
	public Duration getLastReceivedAge() {
		return Duration.ZERO;
	}

	@Override
	public long getHeartbeatsMissed() {
		return 4;
	}

	@Override
	public String getStoreProblem() {
		return this.storeProblem;
	}

}
