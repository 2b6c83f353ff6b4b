package io.github.resilientws.internal.connection;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.session.ProtocolRules;
import io.github.resilientws.reconnect.ReconnectSeries;
import io.github.resilientws.settings.ReconnectAction;

/**
 * The life of a client: which state it is in and what it does next. Confined to the
 * client's executor.
 */
public final class ClientLifecycle {

	private static final DisconnectCause REQUESTED = new DisconnectCause.Requested();

	private final ConnectionContext parts;

	private final String name;

	private final ReconnectAdvice advice;

	private final RestartableTimer backOffAlarm;

	private final RestartableTimer resetAlarm;

	private final RestartableTimer drainAlarm;

	private final List<CompletableFuture<Void>> readyWaiters = new ArrayList<>();

	private final List<CompletableFuture<Void>> closeWaiters = new ArrayList<>();

	private @Nullable ClientConnection connection;

	// the present series of attempts; none once the client has been ready long enough
	private @Nullable ReconnectSeries outage;

	private @Nullable Long firstLossNanos;

	private long notReadySinceNanos;

	private int urlIndex;

	public ClientLifecycle(ConnectionContext parts) {
		this.parts = parts;
		this.name = parts.settings().name();
		this.advice = new ReconnectAdvice(parts);
		this.backOffAlarm = new RestartableTimer(parts.executor());
		this.resetAlarm = new RestartableTimer(parts.executor());
		this.drainAlarm = new RestartableTimer(parts.executor());
	}

	public void connect(CompletableFuture<Void> done) {
		switch (state()) {
			case IDLE, CLOSED, FAILED -> {
				this.outage = null;
				this.notReadySinceNanos = now();
				if (this.parts.journal() != null) {
					this.parts.journal().reopen();
				}
				this.readyWaiters.add(done);
				dial(null);
			}
			case DRAINING, SUSPENDED -> refuse(done, "connect()");
			default -> this.parts.operations().complete(done, null);
		}
	}

	public void disconnect(CompletableFuture<Void> done) {
		switch (state()) {
			case CLOSED -> this.parts.whenStoreReleased(() -> this.parts.operations().complete(done, null));
			case DRAINING -> this.closeWaiters.add(done);
			case READY -> {
				this.closeWaiters.add(done);
				move(ConnectionState.DRAINING, REQUESTED, null);
				this.resetAlarm.cancel();
				this.parts.quota().wakeSenders();
				this.drainAlarm.set(this::drainTimedOut, this.parts.settings().shutdownTimeout().toNanos());
				drain();
			}
			default -> {
				this.closeWaiters.add(done);
				dropConnection(REQUESTED);
				closed();
			}
		}
	}

	public void reconnect(CompletableFuture<Void> done) {
		switch (state()) {
			case BACKING_OFF -> {
				this.readyWaiters.add(done);
				dial(null);
			}
			case READY -> {
				this.readyWaiters.add(done);
				dropConnection(REQUESTED);
				leaveReady();
				dial(REQUESTED);
			}
			case CONNECTING, ESTABLISHING -> this.parts.operations().complete(done, null);
			default -> refuse(done, "reconnect()");
		}
	}

	public void suspend(CompletableFuture<Void> done) {
		switch (state()) {
			case CONNECTING, ESTABLISHING, READY, BACKING_OFF -> {
				dropConnection(REQUESTED);
				if (state() == ConnectionState.READY) {
					leaveReady();
				}
				move(ConnectionState.SUSPENDED, REQUESTED, null);
			}
			default -> {
			}
		}
		this.parts.operations().complete(done, null);
	}

	public void resume(CompletableFuture<Void> done) {
		if (state() == ConnectionState.SUSPENDED) {
			this.readyWaiters.add(done);
			dial(null);
		}
		else {
			this.parts.operations().complete(done, null);
		}
	}

	public void probe(CompletableFuture<Duration> result) {
		if (state() == ConnectionState.READY && this.connection != null) {
			this.connection.probe(result);
		}
		else {
			refuse(result, "probe()");
		}
	}

	public void updateHeartbeat(ProtocolRules protocol) {
		this.parts.protocol().set(protocol);
		if (this.connection != null) {
			this.connection.updateHeartbeat(protocol);
		}
	}

	/** Senders left something, or the socket takes something again. */
	public void drain() {
		if (this.parts.outbox().takeIngress(state() == ConnectionState.READY || !state().acceptsMessages())) {
			this.parts.executor().execute(this::drain);
		}
		switch (state()) {
			case READY, DRAINING -> {
				if (this.connection != null) {
					this.connection.pump();
				}
				closeWhenDrained();
			}
			case CLOSED, FAILED -> failOutbox();
			default -> {
			}
		}
	}

	public void roomForInput() {
		if (this.connection != null) {
			this.connection.resumeReading();
		}
	}

	public void opened(ClientConnection opened) {
		Duration elapsed = opened.age();
		opened.attemptEnded(null);
		tell((observer) -> observer.attemptEnded(this.name, null, elapsed));
		move(ConnectionState.ESTABLISHING, null, null);
		tell((observer) -> observer.connected(this.name));
	}

	public void ready(ClientConnection ready) {
		move(ConnectionState.READY, null, null);
		Duration length = Duration.ofNanos(now() - this.notReadySinceNanos);
		tell((observer) -> observer.ready(this.name, length));
		this.readyWaiters.forEach((waiter) -> this.parts.operations().complete(waiter, null));
		this.readyWaiters.clear();
		this.resetAlarm.set(this::forgetSeries, this.parts.settings().reconnect().resetAfter().toNanos());
		ready.ready();
		drain();
	}

	/** The fate of a write is known. */
	public void settled() {
		if (state() != ConnectionState.READY && state().acceptsMessages()) {
			// those that came back unsent
			this.parts.outbox().dropVolatile();
		}
		drain();
	}

	public void ended(ClientConnection ended, DisconnectCause cause, @Nullable ReconnectAction demandedAction) {
		if (ended != this.connection) {
			return;
		}
		boolean wasReady = state() == ConnectionState.READY;
		if (state() == ConnectionState.DRAINING) {
			this.connection = null;
			tell((observer) -> observer.disconnected(this.name, cause));
			closed();
			return;
		}
		if (wasReady) {
			this.parts.guarantee().lost();
			leaveReady();
		}
		else {
			this.urlIndex++;
		}
		forget(ended, cause);
		decide(cause, demandedAction);
	}

	private void decide(DisconnectCause cause, @Nullable ReconnectAction demandedAction) {
		ReconnectSeries series = series();
		if (this.firstLossNanos == null) {
			this.firstLossNanos = now();
		}
		series.ended(Duration.ofNanos(now() - this.firstLossNanos), demandedAction);
		Duration wait = this.advice.waitAfter(series, cause);
		if (wait != null) {
			backOff(wait, cause);
		}
		else {
			giveUp(cause);
		}
	}

	private void backOff(Duration delay, DisconnectCause cause) {
		Instant next = this.parts.clock().instant().plus(delay);
		move(ConnectionState.BACKING_OFF, cause, next);
		int attempt = series().getAttempts() + 1;
		tell((observer) -> observer.reconnectScheduled(this.name, attempt, delay, cause));
		this.backOffAlarm.set(() -> dial(null), delay.toNanos());
	}

	private void giveUp(DisconnectCause cause) {
		int attempts = series().getAttempts();
		move(ConnectionState.FAILED, cause, null);
		tell((observer) -> observer.reconnectFailed(this.name, attempts, cause));
		failOutbox();
		failReadyWaiters(cause);
	}

	private void dial(@Nullable DisconnectCause cause) {
		this.backOffAlarm.cancel();
		DisconnectCause lastCause = (cause != null) ? cause : this.parts.state().status().lastCause();
		int attempt = series().nextAttempt();
		move(ConnectionState.CONNECTING, cause, null);
		tell((observer) -> observer.connecting(this.name, attempt));
		HandshakeDraft draft = new HandshakeDraft(this.parts.settings(), nextUrl(), attempt,
				(attempt == 1 && this.firstLossNanos == null && cause == null) ? null : lastCause);
		ClientConnection next = new ClientConnection(this.parts, this, draft);
		this.connection = next;
		next.start();
	}

	private @Nullable URI nextUrl() {
		List<URI> urls = this.parts.settings().urls();
		return urls.isEmpty() ? null : urls.get(Math.floorMod(this.urlIndex, urls.size()));
	}

	private ReconnectSeries series() {
		if (this.outage == null) {
			this.outage = new ReconnectSeries(this.name, !this.parts.customizers().isEmpty());
			this.firstLossNanos = null;
		}
		return this.outage;
	}

	private void forgetSeries() {
		this.outage = null;
		this.parts.state().forgetAttempts();
	}

	private void leaveReady() {
		this.notReadySinceNanos = now();
		this.resetAlarm.cancel();
		this.parts.outbox().dropVolatile();
	}

	private void dropConnection(DisconnectCause cause) {
		this.backOffAlarm.cancel();
		ClientConnection dropped = this.connection;
		if (dropped != null) {
			dropped.retire();
			forget(dropped, cause);
		}
	}

	private void forget(ClientConnection ended, DisconnectCause cause) {
		this.connection = null;
		if (ended.isOpen()) {
			tell((observer) -> observer.disconnected(this.name, cause));
		}
		else {
			Duration elapsed = ended.age();
			ended.attemptEnded(cause);
			tell((observer) -> observer.attemptEnded(this.name, cause, elapsed));
		}
	}

	private void drainTimedOut() {
		this.parts.outbox()
			.endAll(Reason.CLOSED,
					"not delivered within shutdown-timeout of " + this.parts.settings().shutdownTimeout());
		if (this.connection != null) {
			this.connection.close();
		}
	}

	private void closeWhenDrained() {
		if (state() == ConnectionState.DRAINING && this.parts.outbox().isEmpty() && this.connection != null) {
			this.connection.close();
		}
	}

	private void closed() {
		this.drainAlarm.cancel();
		move(ConnectionState.CLOSED, REQUESTED, null);
		failOutbox();
		failReadyWaiters(REQUESTED);
		tell((observer) -> observer.closed(this.name));
		List<CompletableFuture<Void>> waiters = List.copyOf(this.closeWaiters);
		this.closeWaiters.clear();
		this.parts.releaseStore(() -> waiters.forEach((waiter) -> this.parts.operations().complete(waiter, null)));
	}

	// the store keeps what it has, to be read again by the next connect()
	private void failOutbox() {
		this.parts.guarantee().tell();
		this.parts.outbox().endAll(Reason.CLOSED, "the client is " + state());
		if (this.parts.journal() != null) {
			this.parts.journal().unload();
		}
	}

	private void failReadyWaiters(DisconnectCause cause) {
		WebSocketConnectException failure = new WebSocketConnectException(this.name, state(), cause);
		this.readyWaiters.forEach((waiter) -> this.parts.operations().fail(waiter, failure));
		this.readyWaiters.clear();
	}

	private void refuse(CompletableFuture<?> future, String operation) {
		this.parts.operations()
			.fail(future, new IllegalStateException(
					"[" + this.name + "] " + operation + " is not possible in state " + state()));
	}

	private void move(ConnectionState to, @Nullable DisconnectCause cause, @Nullable Instant nextAttempt) {
		int attempts = (this.outage != null) ? this.outage.getAttempts() : 0;
		ConnectionState from = this.parts.state().move(to, cause, attempts, nextAttempt);
		tell((observer) -> observer.stateChanged(this.name, from, to, cause));
	}

	private void tell(Consumer<ClientObserver> message) {
		this.parts.notifier().notify(message);
	}

	private ConnectionState state() {
		return this.parts.state().state();
	}

	private long now() {
		return this.parts.executor().nanoTime();
	}

}
