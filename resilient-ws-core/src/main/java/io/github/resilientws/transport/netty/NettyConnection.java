package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.SerialExecutor.Timer;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * One connection, from the attempt to its end. Confined to its event loop.
 */
final class NettyConnection implements WebSocketConnection {

	private static final int NO_CLOSE_FRAME = 1006;

	private static final long FLUSH_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final EventLoopExecutor executor;

	private final ConnectionListener listener;

	private final int maxFrameSize;

	private final long closeTimeoutNanos;

	private final Consumer<NettyConnection> onEnded;

	private final WriteTracker writes = new WriteTracker(this::writeFailed, this::writesDone);

	private Phase phase = Phase.CONNECTING;

	private @Nullable Dialer dialer;

	private @Nullable ConnectedSocket socket;

	private @Nullable Timer limit;

	private @Nullable DisconnectCause cause;

	private @Nullable Throwable writeFailure;

	private boolean signalled;

	NettyConnection(EventLoopExecutor executor, ConnectionListener listener, ConnectRequest request,
			Consumer<NettyConnection> onEnded) {
		this.executor = executor;
		this.listener = new GuardedListener(listener);
		this.maxFrameSize = request.maxFrameSize();
		this.closeTimeoutNanos = request.closeTimeout().toNanos();
		this.onEnded = onEnded;
	}

	void abortFromAnyThread() {
		this.executor.execute(this::abort);
	}

	boolean isConnecting() {
		return this.phase == Phase.CONNECTING;
	}

	boolean isOpen() {
		return this.phase == Phase.OPEN;
	}

	boolean isListening() {
		return this.phase == Phase.OPEN || this.phase == Phase.BROKEN;
	}

	// messages that the peer sent before it read our close frame are still delivered
	boolean takesMessages() {
		return isListening() || (this.phase == Phase.CLOSING && this.cause instanceof DisconnectCause.Requested);
	}

	void dial(Dialer dialer) {
		this.dialer = dialer;
		dialer.dial();
	}

	/**
	 * Continue with a connected channel.
	 * @param channel the channel
	 */
	void attach(DuplexChannel channel) {
		this.dialer = null;
		this.socket = new ConnectedSocket(channel, this.executor, this.writes, this.maxFrameSize, this);
		channel.closeFuture().addListener((future) -> this.executor.execute(this::finish));
	}

	void addInboundHandler(ChannelPipeline pipeline, int maxMessageSize, Extensions extensions) {
		Inflation inflation = null;
		if (extensions.compression() && this.socket != null) {
			inflation = new Inflation(maxMessageSize, extensions.contextTakeover());
			this.socket.writer().compress(this.executor.resources().deflation());
		}
		pipeline.addLast(new InboundHandler(this, this.listener, this.executor.resources().readBuffer(), maxMessageSize,
				inflation));
	}

	/**
	 * The opening handshake is done.
	 * @param gate holds the bytes that followed the handshake
	 * @param headers headers of the server's answer
	 */
	void opened(ReadGate gate, Map<String, List<String>> headers) {
		if (isConnecting() && this.socket != null) {
			this.socket.hold(gate);
			this.phase = Phase.OPEN;
			this.listener.onOpen(headers);
		}
	}

	void bytesRead() {
		if (isListening() || this.phase == Phase.CLOSING) {
			this.listener.onRead();
		}
	}

	void pinged(byte[] payload) {
		if (isOpen() && this.socket != null) {
			this.socket.writer().pong(payload);
		}
	}

	void writabilityChanged() {
		if (isSocketWritable()) {
			// later, because this may be in the middle of a write
			this.executor.execute(this::signalWritable);
		}
	}

	private void signalWritable() {
		if (isSocketWritable() && this.socket != null) {
			// a pong may be sent between the fragments of a message
			this.socket.writer().answerPing();
			if (isWritable()) {
				this.listener.onWritable();
			}
		}
	}

	private boolean isSocketWritable() {
		return isOpen() && this.socket != null && this.socket.isWritable();
	}

	/**
	 * The peer violated the protocol. Sends a close frame and waits briefly for the peer
	 * to read it: closing a socket with unread bytes would discard the close frame.
	 * @param code close code
	 * @param description description of the violation, without text from the peer
	 */
	void violated(int code, String description) {
		if (isOpen()) {
			cutFragments();
			beginClosing(code, description, new DisconnectCause.Closed(code, description, false), FLUSH_LIMIT_NANOS);
		}
	}

	void closedByPeer(int received, String reason) {
		// the peer does not want the rest of a message
		cutFragments();
		if (this.phase == Phase.BROKEN) {
			end(new DisconnectCause.Closed(received, reason, true));
		}
		else if (isOpen()) {
			this.cause = new DisconnectCause.Closed(received, reason, true);
			awaitFlush();
			writeClose(received, "");
		}
		else if (this.phase == Phase.CLOSING) {
			awaitFlush();
		}
		if (this.writes.isIdle()) {
			writesDone();
		}
	}

	private void awaitFlush() {
		this.phase = Phase.FLUSHING;
		limit(FLUSH_LIMIT_NANOS);
	}

	void lost(String description) {
		if (isConnecting()) {
			end(new DisconnectCause.ConnectFailed(new IOException(description)));
		}
		else if (this.writeFailure != null) {
			end(new DisconnectCause.WriteFailed(this.writeFailure));
		}
		else {
			end(new DisconnectCause.Closed(NO_CLOSE_FRAME, description, true));
		}
	}

	/**
	 * End at once.
	 * @param cause the cause, unless a cause is already known
	 */
	void end(DisconnectCause cause) {
		if (this.phase == Phase.ENDED) {
			return;
		}
		enterEnded(cause);
		if (this.writes.isReporting()) {
			this.executor.execute(this::closeNow);
		}
		else {
			closeNow();
		}
		this.executor.execute(this::finish);
	}

	private void enterEnded(DisconnectCause cause) {
		this.cause = (this.cause != null) ? this.cause : cause;
		this.phase = Phase.ENDED;
		if (this.limit != null) {
			this.limit.cancel();
		}
	}

	private void closeNow() {
		if (this.dialer != null) {
			this.dialer.cancel();
		}
		if (this.socket != null) {
			this.socket.closeNow();
		}
	}

	// the peer may have sent a close frame before it stopped reading
	private void writeFailed(Throwable failure) {
		// a closed channel reports its cause itself
		if (failure instanceof ClosedChannelException) {
			return;
		}
		if (this.phase == Phase.CLOSING) {
			end(new DisconnectCause.WriteFailed(failure));
		}
		else if (isOpen()) {
			this.phase = Phase.BROKEN;
			this.writeFailure = (failure instanceof ChannelOutputShutdownException && failure.getCause() != null)
					? failure.getCause() : failure;
			limit(LAST_WORDS_NANOS);
			startReading();
		}
	}

	private void writesDone() {
		if (this.phase == Phase.FLUSHING && this.socket != null && this.cause != null) {
			enterEnded(this.cause);
			this.socket.close();
		}
		else if (this.phase == Phase.ENDED) {
			this.executor.execute(this::finish);
		}
	}

	private void finish() {
		boolean over = this.phase == Phase.ENDED && (this.socket == null || !this.socket.isOpen());
		if (over && this.writes.isIdle() && !this.signalled && this.cause != null) {
			this.signalled = true;
			this.onEnded.accept(this);
			this.listener.onClosed(this.cause);
		}
	}

	private void limit(long nanos) {
		if (this.limit != null) {
			this.limit.cancel();
		}
		this.limit = this.executor.schedule(() -> end((this.writeFailure != null)
				? new DisconnectCause.WriteFailed(this.writeFailure) : new DisconnectCause.Requested()), nanos);
	}

	private void cutFragments() {
		if (this.socket != null) {
			this.socket.writer().cut();
		}
	}

	private void beginClosing(int code, String reason, DisconnectCause cause, long limitNanos) {
		this.cause = cause;
		this.phase = Phase.CLOSING;
		limit(limitNanos);
		startReading();
		writeClose(code, reason);
	}

	private void writeClose(int code, String reason) {
		if (this.socket != null) {
			this.socket.writer().close(code, reason);
		}
	}

	private void startReading() {
		if (this.socket != null) {
			this.socket.startReading();
		}
	}

	@Override
	public boolean isWritable() {
		return isSocketWritable() && this.socket != null && !this.socket.writer().isBusy();
	}

	@Override
	public long getBytesTaken() {
		return (this.socket != null) ? this.socket.bytesTaken() : 0;
	}

	@Override
	public void write(List<? extends OutboundPayload> messages, WriteListener listener) {
		FrameWriter writer = writerIfOpen(listener);
		if (writer != null) {
			writer.write(messages, listener);
		}
	}

	@Override
	public void ping(byte[] payload, WriteListener listener) {
		FrameWriter writer = writerIfOpen(listener);
		if (writer != null) {
			writer.ping(payload, listener);
		}
	}

	private @Nullable FrameWriter writerIfOpen(WriteListener listener) {
		if (this.socket == null) {
			listener.onWritten(0, 0, new ClosedChannelException());
			return null;
		}
		if (!isOpen() || !this.socket.isActive()) {
			this.socket.writer().refuse(listener);
			return null;
		}
		return this.socket.writer();
	}

	@Override
	public void resumeReading() {
		if (isOpen()) {
			startReading();
		}
	}

	@Override
	public void suspendReading() {
		if (isOpen() && this.socket != null) {
			this.socket.stopReading();
		}
	}

	@Override
	public void close(int code, String reason) {
		if (isOpen()) {
			beginClosing(code, reason, new DisconnectCause.Requested(), this.closeTimeoutNanos);
			if (this.socket != null && this.socket.writer().isBusy()) {
				// a large message may finish, but the close
				// frame must reach the peer in time
				this.executor.schedule(this::cutFragments, this.closeTimeoutNanos / 2);
			}
		}
		else if (isConnecting()) {
			abort();
		}
	}

	@Override
	public void abort() {
		end(new DisconnectCause.Requested());
	}

}
