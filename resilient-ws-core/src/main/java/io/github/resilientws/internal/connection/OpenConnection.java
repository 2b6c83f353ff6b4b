package io.github.resilientws.internal.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.answer.ConnectionQuestions;
import io.github.resilientws.internal.answer.Question;
import io.github.resilientws.internal.answer.Questions;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.framing.EncodedConnection;
import io.github.resilientws.internal.heartbeat.AdvertisedHeartbeat;
import io.github.resilientws.internal.heartbeat.HeartbeatListener;
import io.github.resilientws.internal.heartbeat.HeartbeatMonitor;
import io.github.resilientws.internal.outbox.DeliveryMonitor;
import io.github.resilientws.internal.outbox.OutboxWriter;
import io.github.resilientws.internal.request.PendingReplies;
import io.github.resilientws.internal.request.RequestConnection;
import io.github.resilientws.internal.request.TemplateSender;
import io.github.resilientws.internal.session.ProtocolMessageHandler;
import io.github.resilientws.internal.session.ProtocolReceivers;
import io.github.resilientws.internal.session.ProtocolRules;
import io.github.resilientws.internal.session.SessionListener;
import io.github.resilientws.internal.session.SessionSteps;
import io.github.resilientws.internal.session.TemplateWriter;
import io.github.resilientws.internal.subscription.ConnectionSubscriptions;
import io.github.resilientws.internal.subscription.SubscriptionRegistry;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.WebSocketConnection;

/**
 * One connection, from the end of the opening handshake to its own end. Confined to the
 * client's executor. After another connection has replaced it, it only completes its
 * writes and handles late acknowledgements.
 */
public final class OpenConnection implements ConnectionListener, HeartbeatListener, SessionListener {

	private static final int NORMAL_CLOSURE = 1000;

	private static final int INVALID_PAYLOAD = 1007;

	private static final int POLICY_VIOLATION = 1008;

	private static final String NOT_ENCODED = "the codec cannot encode a message";

	private static final Log logger = LogFactory.getLog(OpenConnection.class);

	private final ConnectionContext context;

	private final MessagePaths messages;

	private final ConnectionEvents events;

	private final WebSocketConnection socket;

	private final HeartbeatMonitor heartbeat;

	private final AdvertisedHeartbeat advertisedHeartbeat;

	private final @Nullable SessionSteps steps;

	private final ProtocolMessageHandler protocolMessages;

	private final DeliveryMonitor deliveryMonitor;

	private final PendingReplies replies;

	private final @Nullable ConnectionQuestions questions;

	private final @Nullable ConnectionSubscriptions subscriptions;

	private final OutboxWriter writer;

	private ConnectionPhase phase = ConnectionPhase.ESTABLISHING;

	// a connection does not read before the first call of resumeReading()
	private boolean reading;

	// the client ends with this connection
	private boolean last;

	/**
	 * Create a connection whose opening handshake is done.
	 * @param context objects that the connections of the client share
	 * @param connection the connection
	 * @param values values for templates
	 * @param events receives its events
	 */
	public OpenConnection(ConnectionContext context, EncodedConnection connection, TemplateValues values,
			ConnectionEvents events) {
		this.context = context;
		this.messages = context.messages();
		this.events = events;
		this.socket = connection.socket();
		this.replies = new PendingReplies(context.settings().request(), context.executor(),
				() -> context.executor().execute(this::onWritable));
		TemplateSender sender = new TemplateWriter(connection, values, this.replies, this::onTextRefused);
		this.heartbeat = new HeartbeatMonitor(context.executor(), this.socket, sender, this, context.callbacks(),
				context.rules().get().heartbeat());
		this.advertisedHeartbeat = new AdvertisedHeartbeat(context.clientName(), this.heartbeat,
				() -> context.rules().get().heartbeat(), context.session().spread());
		ProtocolRules rules = context.rules().get();
		this.steps = rules.steps().isEmpty() ? null : new SessionSteps(context.executor(), this, sender,
				context.rules(), context.settings().session().timeout().toNanos(), this.advertisedHeartbeat::interval);
		this.subscriptions = subscriptions(connection, values);
		Questions asked = this.messages.inbound().questions();
		this.questions = (asked != null) ? new ConnectionQuestions(asked, sender, this::deliver) : null;
		this.protocolMessages = new ProtocolMessageHandler(
				context.session(), new ProtocolReceivers(this.advertisedHeartbeat, this.replies,
						this.messages.acknowledgements(), this.steps, this.subscriptions, this.questions),
				this, sender, this::deliver);
		this.deliveryMonitor = this.messages.deliveryMode().monitor(this.heartbeat);
		this.writer = new OutboxWriter(context.executor(), this.messages.outbox(), this.messages.deliveryMode(),
				this.deliveryMonitor,
				new RequestConnection(connection, values, this.replies, this.heartbeat, this.subscriptions),
				this.messages.flow()::onWriteCompleted);
	}

	private @Nullable ConnectionSubscriptions subscriptions(EncodedConnection connection, TemplateValues values) {
		SubscriptionRegistry registry = this.messages.subscriptions();
		return (registry != null)
				? new ConnectionSubscriptions(registry, () -> this.context.rules().get().subscriptions(), connection,
						values, this.replies, this.messages.flow()::run)
				: null;
	}

	/** Begin with the session steps. */
	public void start() {
		this.heartbeat.opened();
		if (this.steps != null) {
			this.steps.start();
		}
		else {
			onSessionReady();
		}
		if (!this.messages.inbound().isFull()) {
			resumeReading();
		}
	}

	/** Subscribe, and begin to write messages. */
	public void startWriting() {
		this.heartbeat.ready();
		this.deliveryMonitor.start();
		if (this.subscriptions != null) {
			this.subscriptions.start();
		}
		this.messages.flow().start(this.writer);
	}

	public void probe(CompletableFuture<Duration> result) {
		this.heartbeat.probe(result);
	}

	public void updateHeartbeat() {
		this.advertisedHeartbeat.update();
		this.deliveryMonitor.onRead();
	}

	/** The inbound buffer has room again. */
	public void resumeReading() {
		if (this.phase.isInUse() && !this.reading) {
			this.reading = true;
			this.socket.resumeReading();
			this.heartbeat.readingResumed();
			if (this.steps != null) {
				this.steps.readingResumed();
			}
			this.deliveryMonitor.readable(true);
		}
	}

	/** The client ends with this connection: messages of the server do not replace it. */
	public void setLast() {
		this.last = true;
	}

	/** Close the connection, which stays the current one until it is closed. */
	public void close() {
		if (this.phase.isInUse()) {
			stop(ConnectionPhase.CLOSING);
			this.socket.close(NORMAL_CLOSURE, "");
		}
	}

	/** Close the connection for good. */
	public void retire() {
		retire(NORMAL_CLOSURE, "");
	}

	/** Close the connection, which another one replaces. */
	public void replace() {
		retire(this.context.settings().reconnect().closeCode(), "");
	}

	/** End the socket, in any state of this connection. */
	public void abort() {
		this.socket.abort();
	}

	/**
	 * End the connection without a closing handshake.
	 * @param cause the cause
	 */
	public void end(DisconnectCause cause) {
		if (this.phase.isCurrent()) {
			stop(ConnectionPhase.RETIRED);
			this.socket.abort();
			this.events.onConnectionLost(this, cause, null);
		}
	}

	@Override
	public void onSessionReady() {
		this.phase = ConnectionPhase.READY;
		this.events.onReady(this);
	}

	@Override
	public void onSessionFailed(String reason, @Nullable ReconnectAction action) {
		retire(POLICY_VIOLATION, reason);
		this.events.onConnectionLost(this, new DisconnectCause.Closed(POLICY_VIOLATION, reason, false), action);
	}

	@Override
	public void onReconnectMessage(String rule, ReconnectAction action) {
		if (this.last) {
			return;
		}
		int code = (action == ReconnectAction.STOP) ? NORMAL_CLOSURE : this.context.settings().reconnect().closeCode();
		retire(code, "");
		this.events.onConnectionLost(this, new DisconnectCause.Closed(code, rule, false), action);
	}

	@Override
	public void onHeartbeatAnswered(Duration roundTrip) {
		this.context.notifier().heartbeatAnswered(roundTrip);
	}

	@Override
	public void onHeartbeatMissed(int missed) {
		this.messages.statistics().heartbeatMissed();
		this.context.notifier().notify((observer) -> observer.heartbeatMissed(this.context.clientName(), missed));
	}

	@Override
	public void onPeerDead() {
		end(new DisconnectCause.HeartbeatLost());
	}

	@Override
	public void onOpen(Map<String, List<String>> responseHeaders) {
		// the attempt has received it
	}

	@Override
	public void onRead() {
		this.messages.statistics().received(this.context.executor().nanoTime());
		if (this.phase.isCurrent()) {
			this.heartbeat.onRead();
			this.deliveryMonitor.onRead();
		}
	}

	@Override
	public boolean onEncodedText(byte[] utf8, int offset, int length) {
		return this.phase.isInUse() && this.protocolMessages.handle(utf8, offset, length);
	}

	@Override
	public void onText(String text) {
		if (!this.phase.isInUse()) {
			this.protocolMessages.handleLate(text);
		}
		else {
			this.protocolMessages.handle(text);
		}
	}

	@Override
	public void onBinary(ByteBuffer bytes) {
		if (this.phase.isInUse()) {
			deliver(InboundMessage.binary(bytes), null, List.of());
		}
	}

	@Override
	public void onPong(ByteBuffer payload) {
		if (this.phase.isCurrent()) {
			this.heartbeat.onPong(payload);
		}
	}

	@Override
	public void onWritable() {
		if (this.phase.isCurrent()) {
			if (this.subscriptions != null) {
				this.subscriptions.pump();
			}
			this.messages.flow().run();
		}
	}

	@Override
	public void onClosed(DisconnectCause cause) {
		if (this.phase.isCurrent()) {
			stop(ConnectionPhase.RETIRED);
			this.events.onConnectionLost(this, cause, null);
		}
		else {
			this.messages.flow().onWriteCompleted();
		}
	}

	private void deliver(String text, @Nullable ParsedMessage parsed) {
		deliver(InboundMessage.text(text), parsed, takeRecipients());
	}

	private void deliver(InboundMessage message, @Nullable ParsedMessage parsed,
			List<? extends WebSocketMessageListener> listeners) {
		this.heartbeat.onMessage();
		delivered(this.messages.inbound().put(message, parsed, listeners));
	}

	private void deliver(Question question) {
		this.heartbeat.onMessage();
		delivered(this.messages.inbound().put(question, takeRecipients()));
	}

	private List<? extends WebSocketMessageListener> takeRecipients() {
		return (this.subscriptions != null) ? this.subscriptions.takeRecipients() : List.of();
	}

	private void delivered(boolean room) {
		if (!room && this.reading) {
			this.reading = false;
			this.socket.suspendReading();
			this.heartbeat.readingSuspended();
			if (this.steps != null) {
				this.steps.readingSuspended();
			}
			this.deliveryMonitor.readable(false);
		}
	}

	// a heartbeat, step or answer cannot be sent
	private void onTextRefused(Throwable failure) {
		if (failure instanceof MessageRefusedException refused && this.phase.isCurrent()) {
			logger
				.warn("[" + this.context.clientName() + "] a text of the protocol cannot be sent: " + refused.detail());
			retire(INVALID_PAYLOAD, NOT_ENCODED);
			this.events.onConnectionLost(this, new DisconnectCause.Closed(INVALID_PAYLOAD, NOT_ENCODED, false), null);
		}
		else {
			end(new DisconnectCause.SupplyFailed(failure));
		}
	}

	private void retire(int code, String reason) {
		if (this.phase.isCurrent()) {
			stop(ConnectionPhase.RETIRED);
			this.socket.close(code, reason);
		}
	}

	private void stop(ConnectionPhase next) {
		this.phase = next;
		if (this.steps != null) {
			this.steps.stop();
		}
		this.heartbeat.stop();
		if (this.subscriptions != null) {
			this.subscriptions.stop();
		}
		this.writer.close();
		if (this.questions != null) {
			this.questions.end();
		}
		if (next == ConnectionPhase.RETIRED) {
			this.replies.end();
		}
	}

}
