package io.github.resilientws.internal.lifecycle;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.connection.ConnectionEvents;
import io.github.resilientws.internal.connection.OpenConnection;
import io.github.resilientws.internal.election.Line;
import io.github.resilientws.internal.election.LineListener;
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
public final class ClientLifecycle implements AttemptEvents, ConnectionEvents, LineListener {

	private static final DisconnectCause REQUESTED = new DisconnectCause.Requested();

	private final ConnectionContext context;

	private final AttemptResources resources;

	private final StateHolder states;

	private final ReconnectSchedule schedule;

	private final StoreLifecycle store;

	private final PendingOperations pending;

	private final OutboxFlow flow;

	private final Line line;

	private final RestartableTimer backOffTimer;

	private @Nullable GracefulClose gracefulClose;

	private final CurrentConnection current;

	private final Readiness readiness;

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
		this.line = context.line();
		this.backOffTimer = new RestartableTimer(this.context.executor());
		this.current = new CurrentConnection(this.context, !resources.customizers().isEmpty());
		this.readiness = new Readiness(this.context.executor(), states, schedule);
	}

	/**
	 * Run a command on the executor; an exception of the command ends the connection.
	 * @param command the command
	 * @throws java.util.concurrent.RejectedExecutionException if the transport is closed
	 */
	void execute(Runnable command) {
		this.context.executor().execute(command);
	}

	/** Begin a new series of attempts, or stand by until this instance owns the line. */
	void start() {
		this.store.reopen();
		if (this.line.isHeld()) {
			begin();
		}
		else {
			standBy(null);
		}
	}

	private void begin() {
		this.schedule.reset();
		leaveReady();
		Ownership ownership = this.line.ownership();
		if (ownership != null) {
			this.store.own(ownership);
		}
		dial(null);
	}

	private void standBy(@Nullable DisconnectCause cause) {
		move(ConnectionState.STANDBY, cause, null);
		this.pending.onStandby(
				new WebSocketConnectException(name(), state(), (cause != null) ? cause : this.line.getLossCause()));
		this.line.join(this);
	}

	@Override
	public void onGranted() {
		// the lease may have expired meanwhile
		if (state() == ConnectionState.STANDBY && this.line.isHeld()) {
			begin();
		}
	}

	@Override
	public void onRevoked() {
		switch (state()) {
			case CONNECTING, ESTABLISHING, READY, BACKING_OFF, SUSPENDED -> end(this.line.getLossCause());
			case DRAINING -> {
				abort(this.line.getLossCause());
				closed();
			}
			case FAILED -> this.line.leave(() -> {
			}).run();
			default -> {
				// does not use the line
			}
		}
	}

	private void letGo() {
		this.context.forgetSession();
		standBy(this.line.getLossCause());
		failOutbox();
	}

	// nothing may be written any more, not even a close frame
	private void abort(DisconnectCause cause) {
		this.backOffTimer.cancel();
		this.current.abort(cause);
	}

	/** Begin the next attempt now. */
	void dialNow() {
		dial(null);
	}

	/** Replace a connection that is ready. */
	void replaceConnection() {
		OpenConnection replaced = this.current.require();
		this.current.connectionEnded(REQUESTED);
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
		this.readiness.end();
		move(ConnectionState.DRAINING, REQUESTED, null);
		this.store.hold();
		this.gracefulClose = new GracefulClose(this.context);
		this.gracefulClose.begin(this.current.require(), this.store.isShared());
	}

	void closeNow() {
		drop(REQUESTED);
		closed();
	}

	/**
	 * Return the attempt or the connection.
	 * @return the one at present
	 */
	public CurrentConnection current() {
		return this.current;
	}

	@Override
	public void onOpen(ConnectAttempt attempt, OpenConnection opened, Map<String, List<String>> responseHeaders) {
		this.current.opened(opened, responseHeaders, attempt.elapsed());
		move(ConnectionState.ESTABLISHING, null, null);
		notifyObservers((observer) -> observer.connected(name(), responseHeaders));
		opened.start();
	}

	@Override
	public void onAttemptFailed(ConnectAttempt failed, DisconnectCause cause) {
		if (this.current.is(failed)) {
			this.current.attemptEnded(failed, cause);
			this.schedule.useNextUrl();
			reconnectAfter(cause, null);
		}
	}

	@Override
	public void onReady(OpenConnection ready) {
		move(ConnectionState.READY, null, null);
		Duration outage = this.readiness.begin();
		notifyObservers((observer) -> observer.ready(name(), outage));
		this.pending.onReady();
		ready.startWriting();
	}

	@Override
	public void onConnectionLost(OpenConnection lost, DisconnectCause cause, @Nullable ReconnectAction action) {
		if (!this.current.is(lost)) {
			return;
		}
		switch (state()) {
			case DRAINING -> {
				this.current.connectionEnded(cause);
				closed();
				return;
			}
			case READY -> {
				this.context.messages().deliveryMode().onConnectionLost();
				leaveReady();
			}
			default -> this.schedule.useNextUrl();
		}
		this.current.connectionEnded(cause);
		reconnectAfter(cause, action);
	}

	/**
	 * The library's own code failed, possibly halfway through a change: end the
	 * connection or the attempt, so that the client has a next step.
	 */
	public void onInternalFailure() {
		switch (state()) {
			case CONNECTING, ESTABLISHING, READY -> end(InternalFailures.CAUSE);
			case BACKING_OFF -> {
				if (!this.backOffTimer.isSet()) {
					this.backOffTimer.set(() -> dial(null), this.context.settings().reconnect().maxDelay().toNanos());
				}
			}
			case STANDBY ->
				this.backOffTimer.set(this::onGranted, this.context.settings().reconnect().maxDelay().toNanos());
			case DRAINING -> closeNow();
			default -> {
				// neither an attempt nor a connection
			}
		}
	}

	private void end(DisconnectCause cause) {
		boolean wasReady = state() == ConnectionState.READY;
		try {
			abort(cause);
		}
		finally {
			if (wasReady) {
				this.context.messages().deliveryMode().onConnectionLost();
				leaveReady();
			}
			reconnectAfter(cause, null);
		}
	}

	private void reconnectAfter(DisconnectCause cause, @Nullable ReconnectAction action) {
		if (!this.line.isHeld()) {
			// the lease has expired before the election has said so
			letGo();
			return;
		}
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
		if (!this.line.isHeld()) {
			letGo();
			return;
		}
		boolean first = this.schedule.isFirstAttempt() && cause == null;
		DisconnectCause lastCause = (cause != null) ? cause : this.states.status().lastCause();
		int number = this.schedule.nextAttempt();
		URI url = this.schedule.url();
		move(ConnectionState.CONNECTING, cause, null);
		notifyObservers((observer) -> observer.connecting(name(), number));
		HandshakeDraft draft = new HandshakeDraft(this.context.settings(), url, number, first ? null : lastCause,
				this.current.lastResponseHeaders(), this.context.capturedTexts());
		if (this.line.isElected()) {
			draft.setFence(this.line.fence());
		}
		this.current.start(new ConnectAttempt(this.context, this.resources, draft, this, this));
	}

	private void leaveReady() {
		this.readiness.end();
		this.flow.hold();
	}

	private void drop(DisconnectCause cause) {
		this.backOffTimer.cancel();
		this.current.drop(cause);
	}

	private void closed() {
		if (this.gracefulClose != null) {
			this.gracefulClose.end();
		}
		this.context.forgetSession();
		move(ConnectionState.CLOSED, REQUESTED, null);
		try {
			failOutbox();
		}
		finally {
			failOperations(REQUESTED);
			notifyObservers((observer) -> observer.closed(name()));
			this.store.release(this.line.leave(this.pending.takeUntilClosed()));
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
		this.line.stateChanged(to);
	}

	private void notifyObservers(Consumer<ClientObserver> notification) {
		this.context.notifier().notify(notification);
	}

	private String name() {
		return this.context.clientName();
	}

	private ConnectionState state() {
		return this.states.state();
	}

}
