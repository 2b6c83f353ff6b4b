package io.github.resilientws.internal.heartbeat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.outbox.PeerLiveness;
import io.github.resilientws.internal.request.TemplateSender;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;

/**
 * Notices that the peer of one connection is dead. At most one heartbeat is in progress,
 * and at most one waits for the socket. Confined to the client's executor.
 */
public final class HeartbeatMonitor implements PeerLiveness {

	private final SerialExecutor executor;

	private final WebSocketConnection socket;

	private final TemplateSender sender;

	private final HeartbeatListener listener;

	private final Probes probes;

	private final RestartableTimer timer;

	private final SilenceMonitor silence;

	private CompiledHeartbeat rules;

	private HeartbeatStrategy strategy;

	private Phase phase = Phase.NEW;

	// the heartbeat in progress; null until the next one is due
	private @Nullable Heartbeat heartbeat;

	// when the first heartbeat of an advertised interval is due
	private @Nullable Long firstDueNanos;

	private long heartbeats;

	private int missed;

	private long reads;

	private long lastReadNanos;

	// a connection does not read before the first call of resumeReading()
	private boolean readingSuspended = true;

	private long suspendedNanos;

	/**
	 * Create a monitor that does nothing until {@link #opened()}.
	 * @param executor the client's executor, which calls all methods
	 * @param socket the connection
	 * @param sender sends heartbeats of mode {@code TEXT}
	 * @param listener receives the results
	 * @param callbacks completes the futures of probes
	 * @param rules the rules
	 */
	public HeartbeatMonitor(SerialExecutor executor, WebSocketConnection socket, TemplateSender sender,
			HeartbeatListener listener, Executor callbacks, CompiledHeartbeat rules) {
		this.executor = executor;
		this.socket = socket;
		this.sender = sender;
		this.listener = listener;
		this.probes = new Probes(callbacks);
		this.timer = new RestartableTimer(executor);
		this.silence = new SilenceMonitor(executor);
		this.rules = rules;
		this.strategy = strategy(rules);
	}

	/** The opening handshake is done. */
	public void opened() {
		this.phase = Phase.OPEN;
		this.suspendedNanos = this.executor.nanoTime();
		this.lastReadNanos = this.suspendedNanos;
		begin();
	}

	/** The session is ready. */
	public void ready() {
		this.phase = Phase.READY;
		if (this.strategy.awaitsReady()) {
			begin();
		}
		limitMessages();
	}

	/** The connection ends: no further heartbeat is sent, and probes fail. */
	public void stop() {
		this.phase = Phase.STOPPED;
		this.heartbeat = null;
		this.timer.cancel();
		this.silence.stop();
		this.probes.fail(new IllegalStateException("the connection ended"));
	}

	/**
	 * Apply other rules from the next heartbeat on. A heartbeat in progress keeps its
	 * time-out, so that repeated changes do not hide a dead peer; it is discarded if the
	 * new rules have no periodic heartbeat.
	 * @param rules the rules
	 */
	public void update(CompiledHeartbeat rules) {
		this.rules = rules;
		this.strategy = strategy(rules);
		if (this.phase == Phase.NEW || this.phase == Phase.STOPPED) {
			return;
		}
		if (!isPeriodic() || this.heartbeat == null || this.heartbeat.isAnswered()) {
			this.heartbeat = null;
			this.missed = 0;
			this.timer.cancel();
			this.probes.fail(new IllegalStateException("the heartbeat was changed"));
		}
		begin();
		if (this.phase == Phase.READY) {
			limitMessages();
		}
	}

	/**
	 * Apply rules whose interval the server advertised. Heartbeats that wait for the
	 * session to be ready count from now.
	 * @param rules the rules
	 * @param firstNanos time until the first of them, unless the session is not ready
	 * then
	 */
	void restart(CompiledHeartbeat rules, long firstNanos) {
		this.firstDueNanos = strategy(rules).awaitsReady() ? (Long) (this.executor.nanoTime() + firstNanos) : null;
		update(rules);
	}

	/**
	 * Send a heartbeat now, or join the one in progress.
	 * @param result receives the round trip, {@link TimeoutException} if no answer
	 * arrives in time, {@link IllegalStateException} if the connection ends
	 */
	public void probe(CompletableFuture<Duration> result) {
		this.probes.add(result);
		if (this.phase == Phase.STOPPED) {
			this.probes.fail(new IllegalStateException("the connection ended"));
		}
		else if (this.heartbeat == null || this.heartbeat.isMeasured()) {
			sendHeartbeat();
		}
	}

	@Override
	public void requestProof() {
		if (isPeriodic() && this.phase != Phase.STOPPED && (this.heartbeat == null || this.heartbeat.isAnswered())) {
			sendHeartbeat();
		}
	}

	@Override
	public boolean isMonitored() {
		return settings().isEnabled();
	}

	@Override
	public long reads() {
		return this.reads;
	}

	/** Bytes arrived. Precedes the messages that they complete. */
	public void onRead() {
		this.reads++;
		this.lastReadNanos = this.executor.nanoTime();
		this.silence.onRead(this.lastReadNanos);
		if (this.heartbeat != null && this.heartbeat.onRead()) {
			onAnswer(this.heartbeat);
		}
	}

	/** A message for listeners arrived. */
	public void onMessage() {
		this.silence.onMessage(this.lastReadNanos);
	}

	/**
	 * A pong arrived.
	 * @param payload its payload
	 */
	public void onPong(ByteBuffer payload) {
		if (this.heartbeat != null && this.heartbeat.isAnswer(payload)) {
			onAnswer(this.heartbeat);
		}
	}

	/**
	 * Return whether a text message answers heartbeats, and measure the round trip if a
	 * heartbeat is in progress.
	 * @param message the message
	 * @return whether it does; listeners do not see it then
	 */
	public boolean isAnswer(ParsedMessage message) {
		if (!this.strategy.isAnswer(message)) {
			return false;
		}
		if (this.heartbeat != null && this.heartbeat.isWritten()) {
			onAnswer(this.heartbeat);
		}
		return true;
	}

	/**
	 * Reading was suspended: answers cannot be read, so time-outs are paused. Heartbeats
	 * continue, because servers close silent connections.
	 */
	public void readingSuspended() {
		this.readingSuspended = true;
		this.suspendedNanos = this.executor.nanoTime();
		this.silence.pause();
	}

	/** The connection is read again. */
	public void readingResumed() {
		this.readingSuspended = false;
		this.silence.resume();
		if (this.heartbeat != null && this.heartbeat.isWritten()) {
			this.heartbeat.onReadingResumed(this.suspendedNanos);
			checkLater(this.heartbeat);
		}
	}

	private HeartbeatSettings settings() {
		return this.rules.settings();
	}

	private HeartbeatStrategy strategy(CompiledHeartbeat rules) {
		HeartbeatSettings settings = rules.settings();
		Duration interval = settings.isEnabled() ? settings.interval() : Duration.ZERO;
		return switch (settings.mode()) {
			case PING, OFF -> new PingHeartbeat(this.socket, interval);
			case TEXT -> new TextHeartbeat(this.sender, rules, interval, new PingHeartbeat(this.socket, interval));
			case PASSIVE -> new PassiveHeartbeat(new PingHeartbeat(this.socket, Duration.ZERO),
					settings.isEnabled() ? settings.interval().plus(settings.timeout()) : Duration.ZERO);
		};
	}

	private boolean isPeriodic() {
		return !this.strategy.interval().isZero();
	}

	private void begin() {
		this.silence.limitInput(this.strategy.silenceLimit(), this::onSilence);
		if (this.heartbeat != null) {
			checkLater(this.heartbeat);
		}
		else {
			Long due = this.firstDueNanos;
			sendLater((due != null) ? due - this.executor.nanoTime() : Nanos.of(this.strategy.interval()));
		}
	}

	private void limitMessages() {
		this.silence.limitMessages(settings().dataIdleTimeout(), this.listener::onPeerDead);
	}

	private void checkLater(Heartbeat current) {
		this.timer.set(this::onTimeout, Math.max(0, current.nextLookNanos()));
	}

	private void sendLater(long nanos) {
		if (isPeriodic() && (this.phase == Phase.READY || !this.strategy.awaitsReady())) {
			this.timer.set((nanos > 0) ? this::onTimeout : this::sendHeartbeat, Math.max(0, nanos));
		}
	}

	private void sendHeartbeat() {
		if (this.heartbeat != null && this.heartbeat.isAnswered()) {
			this.missed = 0;
		}
		this.firstDueNanos = null;
		Heartbeat next = new Heartbeat(++this.heartbeats, this.strategy, this.executor, this.socket,
				Nanos.of(settings().timeout()));
		this.heartbeat = next;
		this.strategy.send(next, () -> onReply(next));
		// a text that cannot be rendered ends the connection
		if (this.phase != Phase.STOPPED) {
			checkLater(next);
		}
	}

	private void onTimeout() {
		Heartbeat current = this.heartbeat;
		if (current == null) {
			sendHeartbeat();
		}
		else if (this.readingSuspended && current.isWritten()) {
			sendLater(nextNanos(current));
		}
		else if (current.hasProgress()) {
			this.missed = 0;
			checkLater(current);
		}
		else if (current.leftNanos() > 0) {
			checkLater(current);
		}
		else if (current.isAnswered()) {
			this.missed = 0;
			this.heartbeat = null;
			this.probes.fail(noAnswer());
			sendLater(nextNanos(current));
		}
		else {
			miss(current);
		}
	}

	private long nextNanos(Heartbeat current) {
		return Nanos.of(this.strategy.interval()) - current.elapsedNanos();
	}

	private void miss(Heartbeat current) {
		this.missed++;
		report();
		if (this.phase == Phase.STOPPED) {
			return;
		}
		if (current.isWritten()) {
			sendHeartbeat();
		}
		else {
			// a further heartbeat would not reach the peer any sooner
			current.restart();
			checkLater(current);
		}
	}

	private void onSilence() {
		this.missed = settings().maxMissed();
		report();
	}

	private void report() {
		this.listener.onHeartbeatMissed(this.missed);
		this.probes.fail(noAnswer());
		if (this.missed >= settings().maxMissed()) {
			this.listener.onPeerDead();
		}
	}

	private void onReply(Heartbeat answered) {
		if (answered == this.heartbeat) {
			onAnswer(answered);
		}
	}

	private void onAnswer(Heartbeat answered) {
		Duration roundTrip = answered.onAnswer();
		if (roundTrip != null) {
			this.listener.onHeartbeatAnswered(roundTrip);
			this.probes.succeed(roundTrip);
		}
	}

	private TimeoutException noAnswer() {
		return new TimeoutException("no answer to the heartbeat within " + settings().timeout());
	}

	private enum Phase {

		/** Before the end of the opening handshake. */
		NEW,

		/** The session is being established. */
		OPEN,

		/** The session is ready. */
		READY,

		/** The connection ends. */
		STOPPED

	}

}
