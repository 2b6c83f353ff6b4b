package io.github.resilientws;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.springframework.core.ParameterizedTypeReference;

import io.github.resilientws.settings.HeartbeatSettings;

/**
 * A client without a connection: connecting succeeds at once, and its status is what the
 * test says. Unlike the recording client of the test kit it records calls, and it does
 * nothing with messages.
 */
public class FakeClient implements ResilientWebSocketClient {

	/** Listeners added and not removed. */
	public final List<WebSocketMessageListener> listeners = new CopyOnWriteArrayList<>();

	/** Subscriptions made and not closed. */
	public final List<FakeSubscription> subscriptions = new CopyOnWriteArrayList<>();

	/** Names of the operations that were called, such as {@code connect}. */
	public final List<String> calls = new CopyOnWriteArrayList<>();

	/** Messages given up. */
	public final FakeDeadLetters letters = new FakeDeadLetters();

	/** The figures. */
	public final FakeStatistics statistics = new FakeStatistics(this.letters);

	/** The builder that it comes from. */
	public final FakeBuilder builder;

	/** The result of disconnecting. */
	public volatile CompletableFuture<Void> disconnected = CompletableFuture.completedFuture(null);

	private volatile ClientStatus status = status(ConnectionState.IDLE);

	FakeClient(FakeBuilder builder) {
		this.builder = builder;
	}

	public FakeClient(String name) {
		this(new FakeBuilder(name));
	}

	public static ClientStatus status(ConnectionState state) {
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

	public void receive(String text) {
		receive(InboundMessage.text(text));
	}

	public void receive(String destination, String text) {
		InboundMessage message = InboundMessage.text(text);
		this.subscriptions.stream()
			.filter((subscription) -> subscription.destination().equals(destination))
			.forEach((subscription) -> subscription.listener().onMessage(message));
	}

	public void receive(InboundMessage message) {
		this.listeners.forEach((listener) -> listener.onMessage(message));
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
		return this.statistics;
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
	public CompletableFuture<InboundMessage> sendAndReceive(OutboundMessage request) {
		return new CompletableFuture<>();
	}

	@Override
	public <T> CompletableFuture<T> convertSendAndReceive(String destination, Object payload, Class<T> replyType) {
		return new CompletableFuture<>();
	}

	@Override
	public <T> CompletableFuture<T> convertSendAndReceive(String destination, Object payload,
			ParameterizedTypeReference<T> replyType) {
		return new CompletableFuture<>();
	}

	@Override
	public WebSocketSubscription subscribe(OutboundMessage subscription, WebSocketMessageListener listener) {
		FakeSubscription added = new FakeSubscription(subscription.getDestination(), listener);
		this.subscriptions.add(added);
		return added;
	}

	@Override
	public <T> WebSocketSubscription subscribe(String destination, Class<T> type, Consumer<T> listener) {
		return subscribe(destination, (message) -> listener.accept(type.cast(message.text())));
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

	/**
	 * A subscription that is active at once.
	 */
	public final class FakeSubscription implements WebSocketSubscription {

		private final String destination;

		private final WebSocketMessageListener listener;

		FakeSubscription(String destination, WebSocketMessageListener listener) {
			this.destination = destination;
			this.listener = listener;
		}

		public String destination() {
			return this.destination;
		}

		WebSocketMessageListener listener() {
			return this.listener;
		}

		@Override
		public String getDestination() {
			return this.destination;
		}

		@Override
		public boolean isActive() {
			return FakeClient.this.subscriptions.contains(this);
		}

		@Override
		public CompletableFuture<Void> active() {
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public void close() {
			FakeClient.this.subscriptions.remove(this);
		}

	}

}
