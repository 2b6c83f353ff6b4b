package io.github.resilientws.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ClientStatus;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.connection.ClientLifecycle;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.delivery.DeadLetterOperations;
import io.github.resilientws.internal.delivery.DeadLetterQueue;
import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.internal.monitoring.SendTracking;
import io.github.resilientws.internal.outbox.Abandonment;
import io.github.resilientws.internal.outbox.Admission;
import io.github.resilientws.internal.session.ProtocolRules;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.SettingsRules;

/**
 * The door to a client for any thread: what belongs to its executor is posted there.
 */
final class DefaultClient implements ResilientWebSocketClient {

	private final ConnectionContext parts;

	private final ClientLifecycle client;

	private final Admission admission;

	private final Abandonment abandonment;

	private final ClientDeadLetters deadLetters;

	private final @Nullable SendTracking tracking;

	// shared by senders and the executor: one task for many messages
	private final AtomicBoolean drainScheduled = new AtomicBoolean();

	// the rules that callers asked for last; the executor follows
	private final AtomicReference<ProtocolRules> protocol;

	// the close that is under way or done; forgotten by the next connect()
	private final AtomicReference<@Nullable CompletableFuture<Void>> close = new AtomicReference<>();

	DefaultClient(ConnectionContext parts, ClientLifecycle client, Admission admission, DeadLetterQueue deadLetters,
			Abandonment abandonment, @Nullable SendTracking tracking) {
		this.parts = parts;
		this.client = client;
		this.admission = admission;
		this.abandonment = abandonment;
		this.deadLetters = new DeadLetterOperations(getName(), deadLetters, admission, this::wakeUp);
		this.tracking = tracking;
		this.protocol = new AtomicReference<>(parts.protocol().get());
	}

	ClientSettings settings() {
		return this.parts.settings();
	}

	@Override
	public String getName() {
		return this.parts.settings().name();
	}

	@Override
	public ConnectionState getState() {
		return this.parts.state().state();
	}

	@Override
	public ClientStatus getStatus() {
		return this.parts.state().status();
	}

	@Override
	public ClientStatistics getStatistics() {
		return this.parts.statistics();
	}

	@Override
	public CompletableFuture<Delivery> send(OutboundMessage message) {
		Assert.notNull(message, "'message' must not be null");
		return (this.tracking != null && this.tracking.isWanted())
				? this.tracking.follow(() -> this.admission.admit(message, this::wakeUp))
				: this.admission.admit(message, this::wakeUp);
	}

	@Override
	public ClientDeadLetters getDeadLetters() {
		return this.deadLetters;
	}

	@Override
	public CompletableFuture<Void> connect() {
		CompletableFuture<Void> earlier = this.close.get();
		forgetClose(earlier);
		return submit((done) -> {
			forgetClose(earlier);
			this.client.connect(done);
		});
	}

	@Override
	public CompletableFuture<Void> disconnect() {
		CompletableFuture<Void> fresh = new CompletableFuture<>();
		CompletableFuture<Void> known = this.close.compareAndExchange(null, fresh);
		CompletableFuture<Void> done = (known != null) ? known : fresh;
		post(() -> this.client.disconnect(done), done);
		return done;
	}

	/**
	 * Close the client because the application ends.
	 * @param limit when to stop waiting
	 * @return completes when the client is closed or the limit has expired; never fails
	 */
	CompletableFuture<Void> shutDown(Duration limit) {
		return new ApplicationShutdown(this, this.parts.operations(), this::whenStoreReleased).begin(limit);
	}

	private void whenStoreReleased(Runnable task) {
		try {
			this.parts.executor().execute(() -> this.parts.whenStoreReleased(task));
		}
		catch (RejectedExecutionException ex) {
			// the transport is closed
			task.run();
		}
	}

	@Override
	public CompletableFuture<Void> reconnect() {
		return submit(this.client::reconnect);
	}

	@Override
	public CompletableFuture<Void> suspend() {
		return submit(this.client::suspend);
	}

	@Override
	public CompletableFuture<Void> resume() {
		return submit(this.client::resume);
	}

	@Override
	public CompletableFuture<Duration> probe() {
		return submit(this.client::probe);
	}

	@Override
	public boolean awaitReady(Duration timeout) throws InterruptedException {
		Assert.notNull(timeout, "'timeout' must not be null");
		return this.parts.state().awaitReady(Nanos.of(timeout));
	}

	@Override
	public HeartbeatSettings getHeartbeat() {
		return this.protocol.get().heartbeat().settings();
	}

	@Override
	public void updateHeartbeat(UnaryOperator<HeartbeatSettings> update) {
		Assert.notNull(update, "'update' must not be null");
		ProtocolRules before;
		ProtocolRules after;
		do {
			before = this.protocol.get();
			after = compile(SettingsRules.check(update.apply(before.heartbeat().settings())));
		}
		while (!this.protocol.compareAndSet(before, after));
		this.parts.executor().execute(() -> this.client.updateHeartbeat(this.protocol.get()));
	}

	private ProtocolRules compile(HeartbeatSettings heartbeat) {
		ProtocolRules compiled = ProtocolRules.compile(heartbeat, this.parts.settings().session(),
				this.parts.settings().delivery());
		if (this.parts.customizers().isEmpty()) {
			compiled.requireNames(ClientBuilder.knownNames(this.parts.settings()));
		}
		return compiled;
	}

	@Override
	public AutoCloseable addListener(WebSocketMessageListener listener) {
		Assert.notNull(listener, "'listener' must not be null");
		this.parts.inbound().addListener(listener);
		return () -> this.parts.inbound().removeListener(listener);
	}

	@Override
	public String toString() {
		return "ResilientWebSocketClient[" + getName() + ", " + getState() + "]";
	}

	// a close that is done must not stand for one that is asked for after this connect()
	private void forgetClose(@Nullable CompletableFuture<Void> earlier) {
		if (getState() == ConnectionState.CLOSED) {
			this.close.compareAndSet(earlier, null);
		}
	}

	private void wakeUp() {
		if (this.drainScheduled.get() || !this.drainScheduled.compareAndSet(false, true)) {
			return;
		}
		try {
			this.parts.executor().execute(this::drain);
		}
		catch (RejectedExecutionException ex) {
			this.drainScheduled.set(false);
			this.abandonment.failIngress();
		}
	}

	private void drain() {
		this.drainScheduled.set(false);
		this.client.drain();
	}

	private <T> CompletableFuture<T> submit(Consumer<CompletableFuture<T>> command) {
		CompletableFuture<T> done = new CompletableFuture<>();
		post(() -> command.accept(done), done);
		return done;
	}

	private void post(Runnable command, CompletableFuture<?> done) {
		try {
			this.parts.executor().execute(command);
		}
		catch (RejectedExecutionException ex) {
			done.completeExceptionally(new IllegalStateException("[" + getName() + "] the transport is closed", ex));
		}
	}

}
