package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.SerialExecutor.Timer;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * One connection, from the attempt to its end. Confined to its event loop.
 */
final class NettyConnection implements WebSocketConnection {

	private static final int NO_CODE = 1005;

	private static final int NO_CLOSE_FRAME = 1006;

	private static final long FLUSH_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final EventLoopExecutor executor;

	private final ConnectionListener listener;

	private final long closeTimeoutNanos;

	private final Consumer<NettyConnection> onEnded;

	private final WriteTracker writes = new WriteTracker(this::writeFailed, this::writesDone);

	private Phase phase = Phase.CONNECTING;

	private @Nullable Dialer dialer;

	private @Nullable DuplexChannel channel;

	private @Nullable FrameWriter writer;

	private @Nullable ReadGate gate;

	private @Nullable Timer limit;

	private @Nullable DisconnectCause cause;

	private @Nullable Throwable writeFailure;

	private boolean signalled;

	NettyConnection(EventLoopExecutor executor, ConnectionListener listener, long closeTimeoutNanos,
			Consumer<NettyConnection> onEnded) {
		this.executor = executor;
		this.listener = new GuardedListener(listener);
		this.closeTimeoutNanos = closeTimeoutNanos;
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

	void dial(Dialer dialer) {
		this.dialer = dialer;
		dialer.dial();
	}

	/**
	 * Go on with a connected channel.
	 * @param channel the channel
	 */
	void attach(DuplexChannel channel) {
		this.dialer = null;
		this.channel = channel;
		this.writer = new FrameWriter(channel, this.executor.encoder(), this.writes);
		channel.closeFuture().addListener((future) -> this.executor.execute(this::finish));
	}

	void addFrameHandlers(ChannelPipeline pipeline, int maxMessageSize, Extensions extensions) {
		Inflation inflation = null;
		if (extensions.compression() && this.writer != null) {
			inflation = new Inflation(maxMessageSize, extensions.contextTakeover());
			this.writer.compress(this.executor.deflation());
		}
		WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
			.expectMaskedFrames(false)
			.allowMaskMismatch(false)
			.allowExtensions(inflation != null)
			.closeOnProtocolViolation(false)
			.withUTF8Validator(false)
			.maxFramePayloadLength((inflation != null) ? Inflation.maxCompressed(maxMessageSize) : maxMessageSize)
			.build();
		pipeline.addLast(new WebSocket13FrameDecoder(config),
				new InboundHandler(this, this.listener, maxMessageSize, inflation));
	}

	/**
	 * The opening handshake is done.
	 * @param gate holds what came right behind it
	 * @param headers headers of the server's answer
	 */
	void opened(ReadGate gate, Map<String, List<String>> headers) {
		if (isConnecting()) {
			this.gate = gate;
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
		if (isOpen() && this.writer != null) {
			this.writer.pong(payload);
		}
	}

	void writabilityChanged() {
		if (isWritable()) {
			// later, because this may be in the middle of a write
			this.executor.execute(this::signalWritable);
		}
	}

	private void signalWritable() {
		if (isWritable() && this.writer != null) {
			this.writer.answerPing();
			this.listener.onWritable();
		}
	}

	/**
	 * The peer broke the protocol. It is told so and gets a moment to read it: closing a
	 * socket with unread bytes would take the close frame away again.
	 * @param code close code
	 * @param description what was wrong, without text from the peer
	 */
	void violated(int code, String description) {
		if (isOpen()) {
			beginClosing(code, description, new DisconnectCause.Closed(code, description, false), FLUSH_LIMIT_NANOS);
		}
	}

	void closedByPeer(int code, String reason) {
		int received = (code >= 0) ? code : NO_CODE;
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
	 * @param cause why, unless that is known already
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
		ChannelHandlerContext first = (this.channel != null) ? this.channel.pipeline().firstContext() : null;
		if (first != null) {
			// from the first handler on, past TLS, which would wait for its close_notify
			first.close();
		}
	}

	// the peer may have said why before it stopped reading
	private void writeFailed(Throwable failure) {
		// a closed channel has told or will tell itself why
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
		if (this.phase == Phase.FLUSHING && this.channel != null && this.cause != null) {
			enterEnded(this.cause);
			this.channel.close();
		}
		else if (this.phase == Phase.ENDED) {
			this.executor.execute(this::finish);
		}
	}

	private void finish() {
		boolean over = this.phase == Phase.ENDED && (this.channel == null || !this.channel.isOpen());
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

	private void beginClosing(int code, String reason, DisconnectCause cause, long limitNanos) {
		this.cause = cause;
		this.phase = Phase.CLOSING;
		limit(limitNanos);
		startReading();
		writeClose(code, reason);
	}

	private void writeClose(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		byte[] payload = (code == NO_CODE) ? text
				: ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array();
		if (this.writer != null) {
			this.writer.writeControl(FrameEncoder.CLOSE, payload, WriteListener.NONE);
		}
	}

	private void startReading() {
		setAutoRead(true);
		if (this.gate != null) {
			// later, so that no frame arrives inside this call
			this.executor.execute(this.gate::open);
			this.gate = null;
		}
	}

	private void setAutoRead(boolean autoRead) {
		// epoll fails when asked for more after the end of the stream
		if (this.channel != null && !this.channel.isInputShutdown()) {
			this.channel.config().setAutoRead(autoRead);
		}
	}

	@Override
	public boolean isWritable() {
		return isOpen() && this.channel != null && this.channel.isWritable();
	}

	@Override
	public long getBytesTaken() {
		return this.writes.bytesTaken();
	}

	@Override
	public void write(List<? extends OutboundPayload> frames, WriteListener listener) {
		FrameWriter writer = writerIfOpen(listener);
		if (writer != null) {
			writer.write(frames, listener);
		}
	}

	@Override
	public void ping(byte[] payload, WriteListener listener) {
		FrameWriter writer = writerIfOpen(listener);
		if (writer != null) {
			writer.writeControl(FrameEncoder.PING, payload, listener);
		}
	}

	private @Nullable FrameWriter writerIfOpen(WriteListener listener) {
		if (this.writer == null) {
			listener.onWritten(0, 0, new ClosedChannelException());
			return null;
		}
		if (!isOpen() || this.channel == null || !this.channel.isActive()) {
			this.writer.refuse(listener);
			return null;
		}
		return this.writer;
	}

	@Override
	public void resumeReading() {
		if (isOpen()) {
			startReading();
		}
	}

	@Override
	public void suspendReading() {
		if (isOpen()) {
			setAutoRead(false);
		}
	}

	@Override
	public void close(int code, String reason) {
		if (isOpen()) {
			beginClosing(code, reason, new DisconnectCause.Requested(), this.closeTimeoutNanos);
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
