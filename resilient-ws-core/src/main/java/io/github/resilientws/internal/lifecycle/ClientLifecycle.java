package io.github.resilientws.internal.lifecycle;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.connection.ConnectionEvents;
import io.github.resilientws.internal.connection.OpenConnection;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.handshake.AttemptEvents;
import io.github.resilientws.internal.handshake.AttemptResources;
import io.github.resilientws.internal.handshake.ConnectAttempt;
import io.github.resilientws.internal.handshake.HandshakeDraft;
import io.github.resilientws.internal.outbox.OutboxFlow;
import io.github.resilientws.internal.persistence.StoreLifecycle;
import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.settings.ReconnectAction;

/**
 * Performs the state transitions of a client. Confined to the client's executor.
 */
public final class ClientLifecycle implements AttemptEvents, ConnectionEvents {

	private static final DisconnectCause REQUESTED = new DisconnectCause.Requested();

	private final ConnectionContext context;

	private final AttemptResources resources;

	private final StateHolder states;

	private final ReconnectSchedule schedule;

	private final StoreLifecycle store;

	private final PendingOperations pending;

	private final OutboxFlow flow;

	private final RestartableTimer backOffTimer;

	private final RestartableTimer resetTimer;

	private final GracefulClose gracefulClose;

	// while CONNECTING
	private @Nullable ConnectAttempt attempt;

	// while ESTABLISHING, READY or DRAINING
	private @Nullable OpenConnection connection;

	private long notReadySinceNanos;

	private Map<String, List<String>> lastResponseHeaders = Map.of();

	/**
	 * Create the lifecycle of a client, {@code IDLE}.
	 * @param context objects that its connections share
	 * @param resources objects that its attempts share
	 * @param states its state
	 * @param schedule determines time and URL of the next attempt
	 * @param store its store
	 * @param pending operations that wait for a state
	 */
	public ClientLifecycle(ConnectionContext context, AttemptResources resources, StateHolder states,
			ReconnectSchedule schedule, StoreLifecycle store, PendingOperations pending) {
		this.context = context;
		this.resources = resources;
		this.states = states;
		this.schedule = schedule;
		this.store = store;
		this.pending = pending;
		this.flow = context.messages().flow();
		this.backOffTimer = new RestartableTimer(this.context.executor());
		this.resetTimer = new RestartableTimer(this.context.executor());
		this.gracefulClose = new GracefulClose(this.context);
	}

	/**
	 * Run a command on the executor; an exception of the command ends the connection.
	 * @param command the command
	 * @throws java.util.concurrent.RejectedExecutionException if the transport is closed
	 */
	void execute(Runnable command) {
		this.context.executor().execute(command);
	}

	/** Begin a new series of attempts. */
	void start() {
		this.schedule.reset();
		this.notReadySinceNanos = now();
		this.store.reopen();
		this.flow.hold();
		dial(null);
	}

	/** Begin the next attempt now. */
	void dialNow() {
		dial(null);
	}

	/** Replace a connection that is ready. */
	void replaceConnection() {
		OpenConnection replaced = requireConnection();
		connectionEnded(REQUESTED);
		replaced.replace();
		leaveReady();
		dial(REQUESTED);
	}

	void suspend() {
		boolean wasReady = state() == ConnectionState.READY;
		drop(REQUESTED);
		if (wasReady) {
			leaveReady();
		}
		move(ConnectionState.SUSPENDED, REQUESTED, null);
		failOperations(REQUESTED);
	}

	/** Send the messages in the outbox, then close. */
	void drainAndClose() {
		move(ConnectionState.DRAINING, REQUESTED, null);
		this.resetTimer.cancel();
		this.gracefulClose.begin(requireConnection());
	}

	void closeNow() {
		drop(REQUESTED);
		closed();
	}

	void probe(CompletableFuture<Duration> result) {
		requireConnection().probe(result);
	}

	/** The heartbeat rules have changed. */
	void updateHeartbeat() {
		if (this.connection != null) {
			this.connection.updateHeartbeat();
		}
	}

	/** The inbound buffer has room again. */
	public void resumeReading() {
		if (this.connection != null) {
			this.connection.resumeReading();
		}
	}

	@Override
	public void onOpen(ConnectAttempt attempt, OpenConnection opened, Map<String, List<String>> responseHeaders) {
		this.attempt = null;
		this.connection = opened;
		this.lastResponseHeaders = responseHeaders;
		Duration elapsed = attempt.elapsed();
		notifyObservers((observer) -> observer.attemptEnded(name(), null, elapsed));
		move(ConnectionState.ESTABLISHING, null, null);
		notifyObservers((observer) -> observer.connected(name(), responseHeaders));
		opened.start();
	}

	@Override
	public void onAttemptFailed(ConnectAttempt failed, DisconnectCause cause) {
		if (failed == this.attempt) {
			attemptEnded(failed, cause);
			this.schedule.useNextUrl();
			reconnectAfter(cause, null);
		}
	}

	@Override
	public void onReady(OpenConnection ready) {
		move(ConnectionState.READY, null, null);
		Duration outage = Duration.ofNanos(now() - this.notReadySinceNanos);
		notifyObservers((observer) -> observer.ready(name(), outage));
		this.pending.onReady();
		this.resetTimer.set(this::forgetSeries, this.context.settings().reconnect().resetAfter().toNanos());
		ready.startWriting();
	}

	@Override
	public void onConnectionLost(OpenConnection lost, DisconnectCause cause, @Nullable ReconnectAction action) {
		if (lost != this.connection) {
			return;
		}
		switch (state()) {
			case DRAINING -> {
				connectionEnded(cause);
				closed();
				return;
			}
			case READY -> {
				this.context.messages().deliveryMode().onConnectionLost();
				leaveReady();
			}
			default -> this.schedule.useNextUrl();
		}
		connectionEnded(cause);
		reconnectAfter(cause, action);
	}

	/**
	 * The library's own code failed, possibly halfway through a change: end the
	 * connection or the attempt, so that the client has a next step.
	 */
	public void onInternalFailure() {
		switch (state()) {
			case CONNECTING, ESTABLISHING, READY -> recover();
			case BACKING_OFF -> {
				if (!this.backOffTimer.isSet()) {
					this.backOffTimer.set(() -> dial(null), this.context.settings().reconnect().maxDelay().toNanos());
				}
			}
			case DRAINING -> closeNow();
			default -> {
				// neither an attempt nor a connection
			}
		}
	}

	private void recover() {
		boolean wasReady = state() == ConnectionState.READY;
		OpenConnection broken = this.connection;
		try {
			drop(InternalFailures.CAUSE);
		}
		finally {
			if (broken != null) {
				broken.abort();
			}
			if (wasReady) {
				this.context.messages().deliveryMode().onConnectionLost();
				leaveReady();
			}
			reconnectAfter(InternalFailures.CAUSE, null);
		}
	}

	private void reconnectAfter(DisconnectCause cause, @Nullable ReconnectAction action) {
		Duration delay = this.schedule.delayAfter(cause, action);
		if (this.schedule.isSessionReset()) {
			this.context.forgetSession();
		}
		if (delay == null) {
			giveUp(cause);
			return;
		}
		move(ConnectionState.BACKING_OFF, cause, this.resources.clock().instant().plus(delay));
		int next = this.schedule.attempts() + 1;
		notifyObservers((observer) -> observer.reconnectScheduled(name(), next, delay, cause));
		this.backOffTimer.set(() -> dial(null), delay.toNanos());
	}

	private void giveUp(DisconnectCause cause) {
		int attempts = this.schedule.attempts();
		this.context.forgetSession();
		move(ConnectionState.FAILED, cause, null);
		notifyObservers((observer) -> observer.reconnectFailed(name(), attempts, cause));
		try {
			failOutbox();
		}
		finally {
			failOperations(cause);
		}
	}

	private void dial(@Nullable DisconnectCause cause) {
		this.backOffTimer.cancel();
		boolean first = this.schedule.isFirstAttempt() && cause == null;
		DisconnectCause lastCause = (cause != null) ? cause : this.states.status().lastCause();
		int number = this.schedule.nextAttempt();
		URI url = this.schedule.url();
		move(ConnectionState.CONNECTING, cause, null);
		notifyObservers((observer) -> observer.connecting(name(), number));
		HandshakeDraft draft = new HandshakeDraft(this.context.settings(), url, number, first ? null : lastCause,
				this.lastResponseHeaders, this.context.capturedTexts());
		this.attempt = new ConnectAttempt(this.context, this.resources, draft, this, this);
		this.attempt.start();
	}

	private void forgetSeries() {
		this.schedule.reset();
		this.states.forgetAttempts();
	}

	private void leaveReady() {
		this.notReadySinceNanos = now();
		this.resetTimer.cancel();
		this.flow.hold();
	}

	private void drop(DisconnectCause cause) {
		this.backOffTimer.cancel();
		ConnectAttempt cancelled = this.attempt;
		if (cancelled != null) {
			attemptEnded(cancelled, cause);
			cancelled.cancel(cause);
		}
		OpenConnection retired = this.connection;
		if (retired != null) {
			connectionEnded(cause);
			retired.retire();
		}
	}

	private void attemptEnded(ConnectAttempt ended, DisconnectCause cause) {
		this.attempt = null;
		Duration elapsed = ended.elapsed();
		notifyObservers((observer) -> observer.attemptEnded(name(), cause, elapsed));
	}

	private void connectionEnded(DisconnectCause cause) {
		this.connection = null;
		notifyObservers((observer) -> observer.disconnected(name(), cause));
	}

	private void closed() {
		this.gracefulClose.end();
		this.context.forgetSession();
		move(ConnectionState.CLOSED, REQUESTED, null);
		try {
			failOutbox();
		}
		finally {
			failOperations(REQUESTED);
			notifyObservers((observer) -> observer.closed(name()));
			this.store.release(this.pending.takeUntilClosed());
		}
	}

	// the messages stay in the store; the next connect() reads them again
	private void failOutbox() {
		this.flow.close("the client is " + state(), this.store::unload);
	}

	private void failOperations(DisconnectCause cause) {
		this.pending.onNotReady(new WebSocketConnectException(name(), state(), cause));
	}

	private void move(ConnectionState to, @Nullable DisconnectCause cause, @Nullable Instant nextAttempt) {
		ConnectionState from = this.states.move(to, cause, this.schedule.attempts(), nextAttempt);
		notifyObservers((observer) -> observer.stateChanged(name(), from, to, cause));
	}

	private void notifyObservers(Consumer<ClientObserver> notification) {
		this.context.notifier().notify(notification);
	}

	private OpenConnection requireConnection() {
		return Objects.requireNonNull(this.connection);
	}

	private String name() {
		return this.context.clientName();
	}

	private ConnectionState state() {
		return this.states.state();
	}

	private long now() {
		return this.context.executor().nanoTime();
	}

}
