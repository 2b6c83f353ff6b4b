package io.github.resilientws.test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ClientStatus;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.settings.HeartbeatSettings;

/**
 * A client without a connection, for unit tests. It records the messages that are sent;
 * the test scripts their results and the messages that arrive. It starts {@code READY},
 * and acts at once, in the caller's thread.
 *
 * <pre>{@code
 * RecordingWebSocketClient client = new RecordingWebSocketClient("chat");
 * new Greeter(client).greet("Ada");
 * assertThat(client.sentPayloads()).containsExactly("Hello, Ada");
 * }</pre> All methods may be called from any thread.
 *
 * @since 0.1
 */
public final class RecordingWebSocketClient implements ResilientWebSocketClient {

	private static final Set<ConnectionState> ENDS = EnumSet.of(ConnectionState.STANDBY, ConnectionState.CLOSED,
			ConnectionState.FAILED);

	private final String name;

	private final List<WebSocketMessageListener> listeners = new CopyOnWriteArrayList<>();

	private final RecordedSends sends = new RecordedSends();

	private final RecordedSubscriptions subscriptions = new RecordedSubscriptions(this::isReady);

	private volatile ClientStatus status = new ClientStatus(ConnectionState.READY, Instant.now(), null, 0, null, null,
			List.of());

	private volatile Function<OutboundMessage, @Nullable Object> answers = (request) -> new IllegalStateException(
			"no answers to requests: call answerRequests(..) first");

	private volatile HeartbeatSettings heartbeat = HeartbeatSettings.DEFAULTS;

	/**
	 * Create a client that is {@code READY}.
	 * @param name name of the client
	 */
	public RecordingWebSocketClient(String name) {
		this.name = name;
	}

	/**
	 * Return the messages that were sent, failed ones included.
	 * @return a copy, in order
	 */
	public List<OutboundMessage> sent() {
		return this.sends.messages();
	}

	/**
	 * Return the payloads that were sent.
	 * @return the payloads in order: a {@code String}, a read-only {@code ByteBuffer}, or
	 * the object given to {@code convertAndSend}, not converted
	 */
	public List<Object> sentPayloads() {
		return sent().stream().map(OutboundMessage::getPayload).toList();
	}

	/**
	 * Forget the messages that were sent.
	 */
	public void clearSent() {
		this.sends.clear();
	}

	/**
	 * Let sends succeed from now on, as at the start. Held sends succeed, too.
	 */
	public void completeSends() {
		this.sends.complete();
	}

	/**
	 * Let sends fail from now on. Held sends fail, too.
	 * @param reason reason of the failure
	 */
	public void failSends(Reason reason) {
		this.sends.fail(reason);
	}

	/**
	 * Hold sends from now on: their futures do not complete.
	 */
	public void holdSends() {
		this.sends.hold();
	}

	/**
	 * Answer requests from now on. Until the first call, requests fail with
	 * {@link IllegalStateException}.
	 *
	 * <pre>{@code
	 * client.answerRequests((request) -> "eth_blockNumber".equals(request.getDestination()) ? "0x1" : new Block());
	 * }</pre>
	 * @param answers returns the reply to a request: an object of the type that the
	 * caller expects, {@code null}, or a {@link Throwable} with which the future fails
	 */
	public void answerRequests(Function<OutboundMessage, @Nullable Object> answers) {
		this.answers = answers;
	}

	/**
	 * Deliver a text message to the listeners.
	 * @param text the text
	 */
	public void receive(String text) {
		receive(InboundMessage.text(text));
	}

	/**
	 * Deliver a binary message to the listeners.
	 * @param bytes the bytes
	 */
	public void receive(ByteBuffer bytes) {
		receive(InboundMessage.binary(bytes));
	}

	/**
	 * Deliver a message to the listeners, in the caller's thread. An exception of a
	 * listener is thrown by this call.
	 * @param message the message
	 */
	public void receive(InboundMessage message) {
		this.sends.received();
		this.listeners.forEach((listener) -> listener.onMessage(message));
	}

	/**
	 * Return the subscriptions that are neither closed nor ended.
	 * @return destination, payload and values of each, in order
	 */
	public List<OutboundMessage> subscriptions() {
		return this.subscriptions.messages();
	}

	/**
	 * Deliver a message to the listeners of a destination, in the caller's thread.
	 *
	 * <pre>{@code
	 * client.receive("newHeads", new Head(17));
	 * }</pre>
	 * @param destination destination of the subscriptions
	 * @param content the content, of the type for which it was subscribed; a listener for
	 * whole messages gets its text, unless it is an {@link InboundMessage}
	 */
	public void receive(String destination, Object content) {
		this.sends.received();
		this.subscriptions.receive(destination, content);
	}

	/**
	 * End the subscriptions of a destination, as the server may do.
	 * @param destination destination of the subscriptions
	 * @param failure failure of {@code active()} if they are not confirmed yet, or
	 * {@code null}
	 */
	public void endSubscriptions(String destination, @Nullable Throwable failure) {
		this.subscriptions.end(destination, failure);
	}

	/**
	 * Change the state. In {@code STANDBY}, {@code CLOSED} and {@code FAILED}, held sends
	 * fail, as they do with a real client.
	 * @param state the new state
	 */
	public void setState(ConnectionState state) {
		moveTo(state);
		// outside the monitor, because it completes futures
		if (ENDS.contains(state)) {
			this.sends.failHeld(Reason.CLOSED);
		}
		else if (state == ConnectionState.READY) {
			this.subscriptions.confirmAll();
		}
	}

	private synchronized void moveTo(ConnectionState state) {
		ClientStatus before = this.status;
		Instant now = Instant.now();
		List<ClientStatus.Transition> transitions = new ArrayList<>(before.transitions());
		transitions.add(new ClientStatus.Transition(now, before.state(), state, null));
		Instant lostAt = (before.outageSince() != null) ? before.outageSince() : now;
		boolean outage = state != ConnectionState.READY && state != ConnectionState.STANDBY;
		this.status = new ClientStatus(state, now, outage ? lostAt : null, 0, null, null,
				List.copyOf(transitions.subList(Math.max(0, transitions.size() - 20), transitions.size())));
	}

	@Override
	public String getName() {
		return this.name;
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
		return this.sends;
	}

	@Override
	public CompletableFuture<Delivery> send(OutboundMessage message) {
		Assert.notNull(message, "'message' must not be null");
		return this.sends.add(message, refusal(message));
	}

	private @Nullable Reason refusal(OutboundMessage message) {
		ConnectionState current = getState();
		if (current == ConnectionState.STANDBY) {
			return message.isVolatile() ? Reason.DROPPED : Reason.REJECTED;
		}
		return current.acceptsMessages() ? null : Reason.CLOSED;
	}

	@Override
	public CompletableFuture<InboundMessage> sendAndReceive(OutboundMessage request) {
		return request(request, InboundMessage.class::cast);
	}

	@Override
	public <T> CompletableFuture<T> convertSendAndReceive(String destination, @Nullable Object payload,
			Class<T> replyType) {
		return request(request(destination, payload), replyType::cast);
	}

	@Override
	public <T> CompletableFuture<T> convertSendAndReceive(String destination, @Nullable Object payload,
			ParameterizedTypeReference<T> replyType) {
		return request(request(destination, payload), RecordingWebSocketClient::cast);
	}

	// a reply may be null, as that of a server
	@SuppressWarnings({ "unchecked", "NullAway" })
	private static <T> T cast(@Nullable Object reply) {
		return (T) reply;
	}

	private static OutboundMessage request(String destination, @Nullable Object payload) {
		return ((payload != null) ? OutboundMessage.of(payload) : OutboundMessage.empty()).withDestination(destination);
	}

	private <T> CompletableFuture<T> request(OutboundMessage request, Function<@Nullable Object, T> type) {
		CompletableFuture<T> result = new CompletableFuture<>();
		// failures are not wrapped for callbacks, as those of a real client
		send(request).whenComplete((delivery, undelivered) -> {
			try {
				Object reply = (undelivered != null) ? undelivered : this.answers.apply(request);
				if (reply instanceof Throwable failure) {
					result.completeExceptionally(failure);
				}
				else {
					result.complete(type.apply(reply));
				}
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		return result;
	}

	@Override
	public WebSocketSubscription subscribe(OutboundMessage subscription, WebSocketMessageListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return this.subscriptions.add(subscription, (content) -> listener.onMessage(
				(content instanceof InboundMessage message) ? message : InboundMessage.text(content.toString())));
	}

	@Override
	public <T> WebSocketSubscription subscribe(String destination, Class<T> type, Consumer<T> listener) {
		Assert.notNull(listener, "'listener' must not be null");
		return this.subscriptions.add(OutboundMessage.empty().withDestination(destination),
				(content) -> listener.accept(type.cast(content)));
	}

	@Override
	public CompletableFuture<Void> connect() {
		return becomeUnlessStandby(ConnectionState.READY);
	}

	@Override
	public CompletableFuture<Void> disconnect() {
		return become(ConnectionState.CLOSED);
	}

	@Override
	public CompletableFuture<Void> reconnect() {
		if (getState() == ConnectionState.STANDBY) {
			return CompletableFuture.failedFuture(impossible("reconnect()"));
		}
		return become(ConnectionState.READY);
	}

	@Override
	public CompletableFuture<Void> suspend() {
		return becomeUnlessStandby(ConnectionState.SUSPENDED);
	}

	@Override
	public CompletableFuture<Void> resume() {
		return becomeUnlessStandby(ConnectionState.READY);
	}

	// only setState ends it: another instance has the line
	private CompletableFuture<Void> becomeUnlessStandby(ConnectionState state) {
		return become((getState() == ConnectionState.STANDBY) ? ConnectionState.STANDBY : state);
	}

	private CompletableFuture<Void> become(ConnectionState state) {
		if (getState() != state) {
			setState(state);
		}
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Duration> probe() {
		return isReady() ? CompletableFuture.completedFuture(Duration.ZERO)
				: CompletableFuture.failedFuture(impossible("probe()"));
	}

	private IllegalStateException impossible(String operation) {
		return new IllegalStateException(
				"[" + this.name + "] " + operation + " is not possible in state " + getState());
	}

	@Override
	public boolean awaitReady(Duration timeout) {
		return isReady();
	}

	@Override
	public HeartbeatSettings getHeartbeat() {
		return this.heartbeat;
	}

	@Override
	public void updateHeartbeat(UnaryOperator<HeartbeatSettings> update) {
		this.heartbeat = update.apply(this.heartbeat);
	}

	@Override
	public AutoCloseable addListener(@Nullable WebSocketMessageListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		if (!this.listeners.contains(listener)) {
			this.listeners.add(listener);
		}
		return () -> this.listeners.remove(listener);
	}

}
