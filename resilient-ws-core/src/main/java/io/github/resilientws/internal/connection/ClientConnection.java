package io.github.resilientws.internal.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.internal.delivery.AcknowledgementTimer;
import io.github.resilientws.internal.delivery.AtLeastOnce;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.heartbeat.HeartbeatListener;
import io.github.resilientws.internal.heartbeat.HeartbeatMonitor;
import io.github.resilientws.internal.outbox.OutboxWriter;
import io.github.resilientws.internal.session.ControlText;
import io.github.resilientws.internal.session.ProtocolMessageHandler;
import io.github.resilientws.internal.session.ProtocolRules;
import io.github.resilientws.internal.session.SessionSteps;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * One connection of a client, from the attempt to the end. Confined to the client's
 * executor. Once it is not the current one any more, it only settles its writes.
 */
public final class ClientConnection implements ConnectionListener, HeartbeatListener {

	private static final int NORMAL_CLOSURE = 1000;

	private static final int POLICY_VIOLATION = 1008;

	private final ConnectionContext parts;

	private final ClientLifecycle client;

	private final AttemptPreparation supply;

	private final long startedNanos;

	private final RestartableTimer connectAlarm;

	private final SessionSteps session;

	// the customizers' thread skips what nobody waits for
	private volatile boolean current = true;

	private boolean open;

	private boolean reading;

	private boolean closing;

	private @Nullable WebSocketConnection socket;

	private @Nullable TemplateValues values;

	private @Nullable HeartbeatMonitor liveness;

	private @Nullable OutboxWriter writer;

	private @Nullable AcknowledgementTimer acks;

	private @Nullable ProtocolMessageHandler ownFrames;

	public ClientConnection(ConnectionContext parts, ClientLifecycle client, HandshakeDraft draft) {
		this.parts = parts;
		this.client = client;
		this.supply = new AttemptPreparation(parts, draft);
		this.startedNanos = parts.executor().nanoTime();
		this.connectAlarm = new RestartableTimer(parts.executor());
		this.session = new SessionSteps(parts.executor(), this, parts.protocol()::get,
				parts.settings().session().timeout().toNanos());
	}

	public void start() {
		this.connectAlarm.set(this::timedOut, this.parts.settings().connectTimeout().toNanos());
		this.supply.ask(() -> this.current, this::supplied);
	}

	public boolean isOpen() {
		return this.open;
	}

	/**
	 * The attempt is over.
	 * @param failure why it failed, or {@code null} if the handshake was done
	 */
	public void attemptEnded(@Nullable DisconnectCause failure) {
		this.supply.ended(failure);
	}

	public Duration age() {
		return Duration.ofNanos(this.parts.executor().nanoTime() - this.startedNanos);
	}

	/** Messages may flow. */
	public void ready() {
		if (this.liveness != null && this.writer != null) {
			this.liveness.ready();
			if (this.acks != null) {
				this.acks.start();
			}
			this.writer.open();
		}
	}

	public void pump() {
		if (this.writer != null && this.socket != null) {
			this.writer.pump();
			if (this.acks != null) {
				this.acks.writable(this.socket.isWritable());
			}
		}
	}

	public void probe(CompletableFuture<Duration> result) {
		if (this.liveness != null) {
			this.liveness.probe(result);
		}
	}

	public void updateHeartbeat(ProtocolRules protocol) {
		if (this.liveness != null) {
			this.liveness.update(protocol.heartbeat());
			if (this.acks != null) {
				this.acks.onLife();
			}
		}
	}

	/** Listeners have room again. */
	public void resumeReading() {
		if (this.current && !this.closing && !this.reading && this.socket != null && this.liveness != null) {
			this.reading = true;
			this.socket.resumeReading();
			this.liveness.readingResumed();
			this.session.readingResumed();
			if (this.acks != null) {
				this.acks.readable(true);
			}
		}
	}

	/** Everything was sent: close, and stay the current connection until it is closed. */
	public void close() {
		if (this.socket != null && !this.closing) {
			this.closing = true;
			stop();
			this.socket.close(NORMAL_CLOSURE, "");
		}
	}

	/** Another connection or none takes its place. */
	public void retire() {
		retire(NORMAL_CLOSURE, "");
	}

	/**
	 * End the connection without a closing handshake.
	 * @param cause why
	 */
	public void end(DisconnectCause cause) {
		if (this.current) {
			try {
				stop();
			}
			finally {
				this.current = false;
				if (this.socket != null) {
					this.socket.abort();
				}
			}
			this.client.ended(this, cause, null);
		}
	}

	public void sessionFailed(String reason, @Nullable ReconnectAction action) {
		if (this.current) {
			retire(POLICY_VIOLATION, reason);
			this.client.ended(this, new DisconnectCause.Closed(POLICY_VIOLATION, reason, false), action);
		}
	}

	public void sessionDone() {
		this.client.ready(this);
	}

	/** The fate of a write is known. */
	public void settled() {
		this.client.settled();
	}

	@Override
	public void onHeartbeatAnswered(Duration roundTrip) {
		tell((observer) -> observer.heartbeatAnswered(this.parts.settings().name(), roundTrip));
	}

	@Override
	public void onHeartbeatMissed(int missed) {
		this.parts.statistics().heartbeatMissed();
		tell((observer) -> observer.heartbeatMissed(this.parts.settings().name(), missed));
	}

	@Override
	public void onPeerDead() {
		end(new DisconnectCause.HeartbeatLost());
	}

	/**
	 * Send a text of the client itself; it does not wait behind data.
	 * @param template the text
	 * @param listener told the fate of the write
	 */
	public void sendText(@Nullable Template template, WriteListener listener) {
		if (template == null || this.values == null || this.socket == null) {
			return;
		}
		byte[] text;
		try {
			text = template.renderUtf8(this.values::lookup);
		}
		catch (IllegalStateException ex) {
			end(new DisconnectCause.SupplyFailed(ex));
			return;
		}
		this.socket.write(List.of(new ControlText(text)), listener);
	}

	@Override
	public void onOpen() {
		if (!this.current || this.socket == null) {
			return;
		}
		this.connectAlarm.cancel();
		this.open = true;
		this.liveness = new HeartbeatMonitor(this.parts.executor(), this.socket, this::sendText, this,
				this.parts.deliveries(), this.parts.protocol().get().heartbeat());
		this.ownFrames = new ProtocolMessageHandler(this.parts, this, this.liveness, this.session);
		this.writer = new OutboxWriter(this.parts.executor(), this.parts.outbox(), this.parts.guarantee(),
				this.parts.statistics(), this.socket, this);
		AtLeastOnce guarantee = this.parts.atLeastOnce();
		if (guarantee != null) {
			this.acks = new AcknowledgementTimer(this.parts.executor(), this.liveness, this.parts.outbox(), guarantee,
					this.parts.settings().delivery().ackTimeout().toNanos());
		}
		this.client.opened(this);
		this.liveness.opened();
		this.session.start();
		if (!this.parts.inbound().isFull()) {
			resumeReading();
		}
	}

	@Override
	public void onRead() {
		this.parts.statistics().received(this.parts.executor().nanoTime());
		if (this.current && this.liveness != null) {
			this.liveness.onRead();
			if (this.acks != null) {
				this.acks.onLife();
			}
		}
	}

	@Override
	public void onText(String text) {
		if (this.current && this.liveness != null && this.ownFrames != null && !this.ownFrames.take(text)) {
			deliver(InboundMessage.text(text), this.liveness);
		}
	}

	@Override
	public void onBinary(ByteBuffer bytes) {
		if (this.current && this.liveness != null) {
			deliver(InboundMessage.binary(bytes), this.liveness);
		}
	}

	@Override
	public void onPong(ByteBuffer payload) {
		if (this.current && this.liveness != null) {
			this.liveness.onPong(payload);
		}
	}

	@Override
	public void onWritable() {
		if (this.current) {
			pump();
		}
	}

	@Override
	public void onClosed(DisconnectCause cause) {
		boolean wasCurrent = this.current;
		stop();
		this.current = false;
		if (wasCurrent) {
			this.client.ended(this, cause, null);
		}
		else {
			this.client.settled();
		}
	}

	private void supplied(@Nullable Throwable failure) {
		if (!this.current) {
			return;
		}
		if (failure != null) {
			end(new DisconnectCause.SupplyFailed(failure));
			return;
		}
		ConnectRequest request;
		try {
			this.values = this.supply.values();
			request = this.supply.request();
		}
		catch (RuntimeException ex) {
			// what supplies TLS settings is the user's
			end(new DisconnectCause.SupplyFailed(ex));
			return;
		}
		this.parts.plaintext().check(this.parts.settings().name(), request, this.parts.protocol().get().names());
		dial(request);
	}

	private void dial(ConnectRequest request) {
		try {
			this.socket = this.parts.failures().connect(this.parts.transport(), request, this);
		}
		catch (RuntimeException ex) {
			// a transport may be the user's
			end(new DisconnectCause.ConnectFailed(ex));
		}
	}

	private void timedOut() {
		TimeoutException failure = new TimeoutException(
				"connect-timeout of " + this.parts.settings().connectTimeout() + " is over");
		end((this.socket != null) ? new DisconnectCause.ConnectFailed(failure)
				: new DisconnectCause.SupplyFailed(failure));
	}

	private void retire(int code, String reason) {
		stop();
		this.current = false;
		if (this.socket == null) {
			return;
		}
		if (this.open) {
			this.socket.close(code, reason);
		}
		else {
			this.socket.abort();
		}
	}

	private void stop() {
		this.connectAlarm.cancel();
		this.session.stop();
		if (this.liveness != null) {
			this.liveness.stop();
		}
		if (this.writer != null) {
			this.writer.close();
		}
	}

	private void deliver(InboundMessage message, HeartbeatMonitor liveness) {
		liveness.onMessage();
		if (!this.parts.inbound().put(message) && this.reading && this.socket != null) {
			this.reading = false;
			this.socket.suspendReading();
			liveness.readingSuspended();
			this.session.readingSuspended();
			if (this.acks != null) {
				this.acks.readable(false);
			}
		}
	}

	private void tell(Consumer<ClientObserver> message) {
		this.parts.notifier().notify(message);
	}

}
