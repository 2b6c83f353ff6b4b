package io.github.resilientws.internal.heartbeat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.connection.ClientConnection;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.outbox.PeerLiveness;
import io.github.resilientws.internal.session.ProtocolRules;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * Notices that the peer of one connection is dead. Confined to the client's executor.
 */
public final class HeartbeatMonitor implements PeerLiveness {

	private final SerialExecutor executor;

	private final WebSocketConnection socket;

	private final ClientConnection connection;

	private final List<CompletableFuture<Duration>> probes = new ArrayList<>();

	private final RestartableTimer alarm;

	private final RestartableTimer dataAlarm;

	private ProtocolRules protocol;

	private @Nullable Beat beat;

	private long beats;

	private int missed;

	private long reads;

	private long lastReadNanos;

	private long lastDataNanos;

	private boolean ready;

	private boolean stopped;

	// a connection does not read before it is told to
	private boolean readingSuspended = true;

	public HeartbeatMonitor(SerialExecutor executor, WebSocketConnection socket, ClientConnection connection,
			ProtocolRules protocol) {
		this.executor = executor;
		this.socket = socket;
		this.connection = connection;
		this.protocol = protocol;
		this.alarm = new RestartableTimer(executor);
		this.dataAlarm = new RestartableTimer(executor);
	}

	/** The handshake is done. */
	public void opened() {
		this.lastReadNanos = this.executor.nanoTime();
		begin();
	}

	/** The session is ready. */
	public void ready() {
		this.ready = true;
		this.lastDataNanos = this.executor.nanoTime();
		if (settings().mode() == Mode.TEXT) {
			begin();
		}
		watchData();
	}

	public void stop() {
		this.stopped = true;
		this.alarm.cancel();
		this.dataAlarm.cancel();
		failProbes(new IllegalStateException("the connection ended"));
	}

	/**
	 * Follow other settings from the next beat on.
	 * @param protocol the settings
	 */
	public void update(ProtocolRules protocol) {
		this.protocol = protocol;
		this.alarm.cancel();
		this.dataAlarm.cancel();
		this.beat = null;
		failProbes(new IllegalStateException("the heartbeat was changed"));
		begin();
		if (this.ready) {
			watchData();
		}
	}

	/**
	 * Send a beat now.
	 * @param result told the round trip
	 */
	public void probe(CompletableFuture<Duration> result) {
		this.probes.add(result);
		if (this.beat == null || this.beat.answered) {
			sendBeat();
		}
	}

	@Override
	public void requestProof() {
		if (settings().mode() != Mode.PASSIVE && (this.beat == null || this.beat.answered)) {
			sendBeat();
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

	public void onRead() {
		this.reads++;
		this.lastReadNanos = this.executor.nanoTime();
		Beat current = this.beat;
		if (current != null && current.written && current.anyInputAnswers) {
			answered(current);
		}
	}

	public void onData() {
		this.lastDataNanos = this.lastReadNanos;
	}

	public void onPong(ByteBuffer payload) {
		Beat current = this.beat;
		if (current != null && current.payload != null && ByteBuffer.wrap(current.payload).equals(payload)) {
			answered(current);
		}
	}

	/**
	 * Look at a text frame.
	 * @param frame the frame
	 * @return whether it is the answer to heartbeats, which listeners do not see
	 */
	public boolean takes(ParsedMessage frame) {
		if (this.protocol.heartbeatAwait() == null || !frame.matches(this.protocol.heartbeatAwait())) {
			return false;
		}
		if (this.beat != null && this.beat.written) {
			answered(this.beat);
		}
		return true;
	}

	/** Time stands still: an answer could not be seen. */
	public void readingSuspended() {
		this.readingSuspended = true;
		this.dataAlarm.cancel();
		if (this.beat != null) {
			this.beat.leftNanos = this.beat.judgeNanos - this.executor.nanoTime();
			beatOn(this.beat);
		}
		else if (settings().mode() == Mode.PASSIVE) {
			this.alarm.cancel();
		}
	}

	public void readingResumed() {
		this.readingSuspended = false;
		this.lastReadNanos = this.executor.nanoTime();
		this.lastDataNanos = this.lastReadNanos;
		if (this.beat != null) {
			judgeLater(this.beat);
		}
		else if (settings().mode() == Mode.PASSIVE) {
			begin();
		}
		if (this.ready) {
			watchData();
		}
	}

	private HeartbeatSettings settings() {
		return this.protocol.heartbeat();
	}

	private void begin() {
		HeartbeatSettings settings = settings();
		if (!settings.isEnabled() || this.stopped || (settings.mode() == Mode.TEXT && !this.ready)) {
			return;
		}
		if (settings.mode() == Mode.PASSIVE) {
			if (!this.readingSuspended) {
				watchSilence();
			}
		}
		else {
			this.alarm.set(this::sendBeat, settings.interval().toNanos());
		}
	}

	private void sendBeat() {
		if (this.beat != null && isCleared(this.beat)) {
			this.missed = 0;
		}
		Beat next = new Beat(this.executor.nanoTime(), settings().timeout().toNanos());
		this.beat = next;
		if (this.readingSuspended) {
			beatOn(next);
		}
		else {
			judgeLater(next);
		}
		WriteListener written = (count, started, failure) -> {
			next.written = failure == null;
			next.readsBefore = this.reads;
		};
		if (settings().mode() == Mode.TEXT) {
			next.anyInputAnswers = this.protocol.heartbeatAwait() == null;
			this.connection.sendText(this.protocol.heartbeatSend(), written);
		}
		else {
			next.payload = ByteBuffer.allocate(Long.BYTES).putLong(++this.beats).array();
			this.socket.ping(next.payload, written);
		}
	}

	// servers kick silent clients, so beats go on though no answer can be seen
	private void beatOn(Beat last) {
		if (settings().isEnabled() && settings().mode() != Mode.PASSIVE) {
			long elapsed = this.executor.nanoTime() - last.sentNanos;
			this.alarm.set(this::beatAgain, Math.max(0, settings().interval().toNanos() - elapsed));
		}
		else {
			this.alarm.cancel();
		}
	}

	private void beatAgain() {
		if (this.beat == null || this.beat.written) {
			sendBeat();
		}
		else {
			this.alarm.set(this::beatAgain, settings().interval().toNanos());
		}
	}

	private void judgeLater(Beat judged) {
		judged.judgeNanos = this.executor.nanoTime() + judged.leftNanos;
		this.alarm.set(this::judge, judged.leftNanos);
	}

	private boolean isCleared(Beat judged) {
		return judged.written && this.reads > judged.readsBefore;
	}

	private void answered(Beat answered) {
		if (!answered.answered) {
			answered.answered = true;
			Duration roundTrip = Duration.ofNanos(this.executor.nanoTime() - answered.sentNanos);
			this.connection.heartbeatAnswered(roundTrip);
			this.probes.forEach((probe) -> this.connection.complete(probe, roundTrip));
			this.probes.clear();
		}
	}

	private void judge() {
		Beat judged = this.beat;
		if (judged == null) {
			return;
		}
		this.beat = null;
		if (isCleared(judged)) {
			this.missed = 0;
			failProbes(new TimeoutException("no answer to the heartbeat within " + settings().timeout()));
			if (settings().isEnabled() && settings().mode() != Mode.PASSIVE) {
				long elapsed = this.executor.nanoTime() - judged.sentNanos;
				this.alarm.set(this::sendBeat, Math.max(0, settings().interval().toNanos() - elapsed));
			}
			else {
				begin();
			}
			return;
		}
		if (!miss()) {
			sendBeat();
		}
	}

	private boolean miss() {
		this.missed++;
		this.connection.heartbeatMissed(this.missed);
		failProbes(new TimeoutException("no answer to the heartbeat within " + settings().timeout()));
		boolean dead = this.missed >= settings().maxMissed();
		if (dead) {
			this.connection.end(new DisconnectCause.HeartbeatLost());
		}
		return dead;
	}

	private void watchSilence() {
		long limit = settings().interval().plus(settings().timeout()).toNanos();
		long left = this.lastReadNanos + limit - this.executor.nanoTime();
		if (left <= 0) {
			this.missed = settings().maxMissed() - 1;
			miss();
			return;
		}
		this.alarm.set(this::watchSilence, left);
	}

	private void watchData() {
		long limit = settings().dataIdleTimeout().toNanos();
		if (limit == 0 || this.stopped || this.readingSuspended) {
			return;
		}
		long left = this.lastDataNanos + limit - this.executor.nanoTime();
		if (left <= 0) {
			this.connection.end(new DisconnectCause.HeartbeatLost());
			return;
		}
		this.dataAlarm.set(this::watchData, left);
	}

	private void failProbes(Exception failure) {
		this.probes.forEach((probe) -> this.connection.fail(probe, failure));
		this.probes.clear();
	}

	private static final class Beat {

		private final long sentNanos;

		// of the time-out, which stands still while nothing is read
		private long leftNanos;

		private long judgeNanos;

		private byte @Nullable [] payload;

		private boolean anyInputAnswers;

		private boolean written;

		private boolean answered;

		private long readsBefore;

		Beat(long sentNanos, long leftNanos) {
			this.sentNanos = sentNanos;
			this.leftNanos = leftNanos;
		}

	}

}
