package io.github.resilientws.internal;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ClientStatus;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.internal.lifecycle.ApplicationShutdown;
import io.github.resilientws.internal.lifecycle.ClientOperations;
import io.github.resilientws.internal.request.RequestSender;
import io.github.resilientws.internal.session.ProtocolRulesHolder;
import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.internal.subscription.Subscriber;
import io.github.resilientws.protocol.MessageRulesProvider;
import io.github.resilientws.protocol.MessageRulesRegistry;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.HeartbeatSettings;

/**
 * A client for callers on any thread: operations that belong to the client's executor are
 * posted to it.
 */
final class DefaultClient implements ResilientWebSocketClient, MessageRulesProvider {

	private final ClientSettings settings;

	private final StateHolder states;

	private final ClientStatistics statistics;

	private final ClientMessages messages;

	private final ClientOperations operations;

	private final ProtocolRulesHolder rules;

	// the close that is in progress or done; the next connect() resets it
	private final AtomicReference<@Nullable CompletableFuture<Void>> close = new AtomicReference<>();

	DefaultClient(ClientSettings settings, StateHolder states, ClientStatistics statistics, ClientMessages messages,
			ClientOperations operations, ProtocolRulesHolder rules) {
		this.settings = settings;
		this.states = states;
		this.statistics = statistics;
		this.messages = messages;
		this.operations = operations;
		this.rules = rules;
	}

	ClientSettings settings() {
		return this.settings;
	}

	@Override
	public MessageRulesRegistry messageRules() {
		return this.rules.messageRules();
	}

	@Override
	public String getName() {
		return this.settings.name();
	}

	@Override
	public ConnectionState getState() {
		return this.states.state();
	}

	@Override
	public ClientStatus getStatus() {
		return this.states.status();
	}

	@Override
	public ClientStatistics getStatistics() {
		return this.statistics;
	}

	@Override
	public CompletableFuture<Delivery> send(OutboundMessage message) {
		Assert.notNull(message, "'message' must not be null");
		return this.messages.sender().send(message);
	}

	@Override
	public CompletableFuture<InboundMessage> sendAndReceive(OutboundMessage request) {
		Assert.notNull(request, "'request' must not be null");
		RequestSender requests = this.messages.requests();
		return (requests != null) ? requests.sendAndReceive(request) : noRequests();
	}

	@Override
	public <T> CompletableFuture<T> convertSendAndReceive(String destination, @Nullable Object payload,
			Class<T> replyType) {
		Assert.notNull(replyType, "'replyType' must not be null");
		return request(destination, payload, replyType);
	}

	@Override
	public <T> CompletableFuture<T> convertSendAndReceive(String destination, @Nullable Object payload,
			ParameterizedTypeReference<T> replyType) {
		Assert.notNull(replyType, "'replyType' must not be null");
		return request(destination, payload, replyType.getType());
	}

	@SuppressWarnings("unchecked")
	private <T> CompletableFuture<T> request(String destination, @Nullable Object payload, Type replyType) {
		OutboundMessage request = ((payload != null) ? OutboundMessage.of(payload) : OutboundMessage.empty())
			.withDestination(destination);
		RequestSender requests = this.messages.requests();
		return (requests != null) ? (CompletableFuture<T>) requests.convertSendAndReceive(request, replyType)
				: noRequests();
	}

	private <T> CompletableFuture<T> noRequests() {
		return CompletableFuture.failedFuture(new IllegalStateException(
				"[" + getName() + "] request.send is not set, so that no requests can be sent"));
	}

	@Override
	public WebSocketSubscription subscribe(OutboundMessage subscription, WebSocketMessageListener listener) {
		Assert.notNull(subscription, "'subscription' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		return subscriber().subscribe(subscription, listener);
	}

	@Override
	public <T> WebSocketSubscription subscribe(String destination, Class<T> type, Consumer<T> listener) {
		Assert.notNull(type, "'type' must not be null");
		Assert.notNull(listener, "'listener' must not be null");
		return subscriber().subscribe(OutboundMessage.empty().withDestination(destination), type, listener);
	}

	private Subscriber subscriber() {
		Subscriber subscriber = this.messages.subscriber();
		Assert.state(subscriber != null,
				() -> "[" + getName() + "] subscription.send is not set, so that nothing can be subscribed");
		return subscriber;
	}

	@Override
	public ClientDeadLetters getDeadLetters() {
		return this.messages.deadLetters();
	}

	@Override
	public CompletableFuture<Void> connect() {
		CompletableFuture<Void> earlier = this.close.get();
		forgetClose(earlier);
		return submit((done) -> {
			forgetClose(earlier);
			this.operations.connect(done);
		});
	}

	@Override
	public CompletableFuture<Void> disconnect() {
		CompletableFuture<Void> fresh = new CompletableFuture<>();
		CompletableFuture<Void> known = this.close.compareAndExchange(null, fresh);
		CompletableFuture<Void> done = (known != null) ? known : fresh;
		post(() -> this.operations.disconnect(done), done);
		return done;
	}

	/**
	 * Close this client because the application ends.
	 * @param limit when to stop waiting
	 * @return completes when the client is closed or the limit has expired; never fails
	 */
	CompletableFuture<Void> shutDown(Duration limit) {
		return new ApplicationShutdown(this, this.operations).begin(limit);
	}

	@Override
	public CompletableFuture<Void> reconnect() {
		return submit(this.operations::reconnect);
	}

	@Override
	public CompletableFuture<Void> suspend() {
		return submit(this.operations::suspend);
	}

	@Override
	public CompletableFuture<Void> resume() {
		return submit(this.operations::resume);
	}

	@Override
	public CompletableFuture<Duration> probe() {
		return submit(this.operations::probe);
	}

	@Override
	public boolean awaitReady(Duration timeout) throws InterruptedException {
		Assert.notNull(timeout, "'timeout' must not be null");
		return this.states.awaitReady(Nanos.of(timeout));
	}

	@Override
	public HeartbeatSettings getHeartbeat() {
		return this.rules.heartbeat();
	}

	@Override
	public void updateHeartbeat(UnaryOperator<HeartbeatSettings> update) {
		Assert.notNull(update, "'update' must not be null");
		this.rules.requestHeartbeat(update);
		this.operations.execute(() -> {
			this.rules.activate();
			this.operations.updateHeartbeat();
		});
	}

	@Override
	public AutoCloseable addListener(WebSocketMessageListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.messages.inbound().addListener(listener);
		return () -> this.messages.inbound().removeListener(listener);
	}

	@Override
	public String toString() {
		return "ResilientWebSocketClient[" + getName() + ", " + getState() + "]";
	}

	// a close after this connect() has a result of its own
	private void forgetClose(@Nullable CompletableFuture<Void> earlier) {
		if (getState() == ConnectionState.CLOSED) {
			this.close.compareAndSet(earlier, null);
		}
	}

	private <T> CompletableFuture<T> submit(Consumer<CompletableFuture<T>> command) {
		CompletableFuture<T> done = new CompletableFuture<>();
		post(() -> command.accept(done), done);
		return done;
	}

	// a failure of our own code ends the connection, and the operation with it
	private static void run(Runnable command, CompletableFuture<?> done) {
		try {
			command.run();
		}
		catch (Throwable ex) {
			done.completeExceptionally(new IllegalStateException("internal failure", ex));
			throw ex;
		}
	}

	private void post(Runnable command, CompletableFuture<?> done) {
		try {
			this.operations.execute(() -> run(command, done));
		}
		catch (RejectedExecutionException ex) {
			done.completeExceptionally(new IllegalStateException("[" + getName() + "] the transport is closed", ex));
		}
	}

}
