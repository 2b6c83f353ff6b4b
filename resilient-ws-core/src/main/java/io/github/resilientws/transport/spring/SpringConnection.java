package io.github.resilientws.transport.spring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.NameLookups.Lookup;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.SerialExecutor.Timer;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * One connection, from the attempt to its end. Confined to the client's executor, except
 * where noted.
 */
final class SpringConnection implements WebSocketConnection {

	private static final Log logger = LogFactory.getLog(SpringConnection.class);

	private static final int NO_CLOSE_FRAME = 1006;

	private static final int TOO_LARGE = 1009;

	private static final long FLUSH_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final ConnectRequest request;

	private final Executor blocking;

	private final LoopExecutor executor;

	private final ConnectionListener listener;

	private final long sendTimeoutMillis;

	private final Consumer<SpringConnection> onEnded;

	private final Attempt attempt;

	private final ReadGate gate = new ReadGate();

	private Phase phase = Phase.CONNECTING;

	private volatile @Nullable SessionSender sender;

	private @Nullable Timer limit;

	private @Nullable DisconnectCause cause;

	private @Nullable Throwable writeFailure;

	// a failed send made the container close the session
	private boolean closedBySend;

	SpringConnection(ConnectRequest request, Executor blocking, LoopExecutor executor, ConnectionListener listener,
			long sendTimeoutMillis, Consumer<SpringConnection> onEnded) {
		this.request = request;
		this.blocking = blocking;
		this.executor = executor;
		this.listener = listener;
		this.sendTimeoutMillis = sendTimeoutMillis;
		this.onEnded = onEnded;
		this.attempt = new Attempt(request, this::failed);
	}

	// the name is looked up before the connection dials
	void await(Lookup lookup) {
		this.attempt.await(lookup);
	}

	void dial(Clients clients) {
		SessionHandler handler = new SessionHandler(this, this.gate, this.request.maxMessageSize());
		try {
			this.blocking.execute(() -> this.attempt.dial(clients, handler));
		}
		catch (RejectedExecutionException ex) {
			this.executor.post(() -> end(new DisconnectCause.ConnectFailed(ex)));
		}
	}

	private void failed(Throwable failure) {
		this.executor.post(() -> {
			if (this.phase == Phase.CONNECTING) {
				end(HandshakeFailure.from(failure, WebSocketUrl.of(this.request.url()).host()));
			}
		});
	}

	/**
	 * The handshake is done. Called on the container's thread.
	 * @param session the session
	 */
	void established(WebSocketSession session) {
		WebSocketHandshakeException problem = HandshakeCheck.problem(session, this.request);
		Sessions.limit(session, this.sendTimeoutMillis, Math.max(1, this.request.closeTimeout().toMillis()));
		if (!this.attempt.opened(session)) {
			Sessions.abort(session);
		}
		else if (problem != null) {
			this.executor.post(() -> end(new DisconnectCause.ConnectFailed(problem)));
		}
		else {
			this.sender = new SessionSender(session, this.blocking, this.executor, this::writeFailed,
					this::signalWritable);
			this.executor.post(this::opened);
		}
	}

	private void opened() {
		if (this.phase == Phase.CONNECTING) {
			this.phase = Phase.OPEN;
			this.listener.onOpen(this.attempt.responseHeaders());
		}
	}

	/**
	 * The container has received a message or pong. Called on any thread.
	 * @param signal handles it, on the executor
	 */
	void receive(Runnable signal) {
		SessionSender sender = this.sender;
		if (sender != null) {
			sender.receive(signal);
		}
		else {
			this.executor.post(signal);
		}
	}

	void bytesRead() {
		if (this.phase.isListening() || this.phase == Phase.CLOSING) {
			this.listener.onRead();
		}
	}

	void text(String text) {
		bytesRead();
		if (this.phase.takesMessages(this.cause)) {
			this.listener.onText(text);
		}
	}

	void binary(ByteBuffer bytes) {
		bytesRead();
		if (this.phase.takesMessages(this.cause)) {
			this.listener.onBinary(bytes);
		}
	}

	void pong(ByteBuffer payload) {
		bytesRead();
		if (this.phase.isListening()) {
			this.listener.onPong(payload);
		}
	}

	void tooLarge() {
		if (isOpen()) {
			String description = "message too large";
			beginClosing(TOO_LARGE, description, new DisconnectCause.Closed(TOO_LARGE, description, false),
					FLUSH_LIMIT_NANOS);
		}
	}

	/**
	 * The container closed the session. Called on any thread, also inside our calls.
	 * @param status why
	 */
	void closedByContainer(CloseStatus status) {
		SessionSender sender = this.sender;
		boolean bySend = sender != null && sender.isSendingThread();
		if (bySend) {
			this.executor.post(() -> closed(status, true));
		}
		else {
			receive(() -> closed(status, false));
		}
	}

	private void closed(CloseStatus status, boolean bySend) {
		if (this.phase == Phase.CONNECTING) {
			end(new DisconnectCause.ConnectFailed(new IOException("the session ended before it was open")));
		}
		else if (this.phase.isListening() && bySend) {
			this.closedBySend = true;
			if (this.writeFailure != null) {
				end(new DisconnectCause.WriteFailed(this.writeFailure));
			}
		}
		else if (this.phase == Phase.BROKEN && status.getCode() == NO_CLOSE_FRAME && this.writeFailure != null) {
			end(new DisconnectCause.WriteFailed(this.writeFailure));
		}
		else if (this.phase.isListening()) {
			String reason = (status.getReason() != null) ? status.getReason() : "";
			end(new DisconnectCause.Closed(status.getCode(), reason, true));
		}
	}

	private void writeFailed(Throwable failure) {
		if (this.phase == Phase.CLOSING || (isOpen() && this.closedBySend)) {
			end(new DisconnectCause.WriteFailed(failure));
		}
		else if (isOpen()) {
			this.phase = Phase.BROKEN;
			this.writeFailure = failure;
			this.gate.open();
			limit(LAST_WORDS_NANOS, new DisconnectCause.WriteFailed(failure));
		}
	}

	private void signalWritable() {
		if (isWritable()) {
			this.listener.onWritable();
		}
	}

	private void end(DisconnectCause cause) {
		if (this.phase == Phase.ENDED) {
			return;
		}
		this.phase = Phase.ENDED;
		DisconnectCause first = (this.cause != null) ? this.cause : cause;
		if (this.limit != null) {
			this.limit.cancel();
		}
		this.gate.end();
		WebSocketSession session = this.attempt.abandon();
		if (session != null) {
			inBlocking(() -> Sessions.abort(session));
		}
		SessionSender sender = this.sender;
		if (sender != null) {
			sender.end();
		}
		// after the results of the writes
		this.executor.post(() -> {
			this.onEnded.accept(this);
			this.listener.onClosed(first);
		});
	}

	private void inBlocking(Runnable task) {
		try {
			this.blocking.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("A session is left to its container: no thread is available to close it");
		}
	}

	private void limit(long nanos, DisconnectCause cause) {
		if (this.limit != null) {
			this.limit.cancel();
		}
		this.limit = this.executor.schedule(() -> end(cause), nanos);
	}

	private void beginClosing(int code, String reason, DisconnectCause cause, long limitNanos) {
		this.cause = cause;
		this.phase = Phase.CLOSING;
		limit(limitNanos, cause);
		this.gate.open();
		SessionSender sender = this.sender;
		WebSocketSession session = this.attempt.session();
		if (sender != null && session != null) {
			// a large message may finish, but the close frame must reach the peer in time
			long waitNanos = (cause instanceof DisconnectCause.Requested) ? limitNanos / 2 : 0;
			new ClosingHandshake(session, this.executor, () -> this.phase == Phase.CLOSING, () -> end(cause))
				.begin(sender, new CloseStatus(code, reason), waitNanos);
		}
	}

	private boolean isOpen() {
		return this.phase == Phase.OPEN;
	}

	@Override
	public boolean isWritable() {
		SessionSender sender = this.sender;
		return isOpen() && sender != null && sender.isWritable();
	}

	@Override
	public long getBytesTaken() {
		SessionSender sender = this.sender;
		return (sender != null) ? sender.bytesTaken() : 0;
	}

	@Override
	public void write(List<? extends OutboundPayload> messages, WriteListener listener) {
		SessionSender sender = senderIfOpen(listener);
		if (sender != null) {
			sender.write(messages, this.request.maxFrameSize(), listener);
		}
	}

	@Override
	public void ping(byte[] payload, WriteListener listener) {
		SessionSender sender = senderIfOpen(listener);
		if (sender != null) {
			sender.ping(new PingMessage(ByteBuffer.wrap(payload)), listener);
		}
	}

	private @Nullable SessionSender senderIfOpen(WriteListener listener) {
		SessionSender sender = this.sender;
		if (sender == null) {
			this.executor.post(() -> listener.onWritten(0, 0, new ClosedChannelException()));
			return null;
		}
		if (!isOpen()) {
			sender.refuse(listener);
			return null;
		}
		return sender;
	}

	@Override
	public void resumeReading() {
		if (isOpen()) {
			this.gate.open();
		}
	}

	@Override
	public void suspendReading() {
		if (isOpen()) {
			this.gate.shut();
		}
	}

	@Override
	public void close(int code, String reason) {
		if (isOpen()) {
			beginClosing(code, reason, new DisconnectCause.Requested(), this.request.closeTimeout().toNanos());
		}
		else if (this.phase == Phase.CONNECTING) {
			abort();
		}
	}

	@Override
	public void abort() {
		end(new DisconnectCause.Requested());
	}

	void abortFromAnyThread() {
		this.executor.post(this::abort);
	}

}
