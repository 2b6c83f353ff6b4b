package io.github.resilientws.transport.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * The channel of one connection once it is connected: reading, writing, closing. Confined
 * to its event loop.
 */
final class ConnectedSocket {

	private final DuplexChannel channel;

	private final EventLoopExecutor executor;

	private final FrameWriter writer;

	private final SocketMonitor monitor;

	private @Nullable ReadGate gate;

	/**
	 * Create a socket.
	 * @param channel the channel
	 * @param executor its event loop
	 * @param writes tracks writes
	 * @param maxFrameSize largest payload of a data frame
	 * @param connection notified of reads, and when messages need not wait for fragments
	 * any longer
	 */
	ConnectedSocket(DuplexChannel channel, EventLoopExecutor executor, WriteTracker writes, int maxFrameSize,
			NettyConnection connection) {
		this.channel = channel;
		this.executor = executor;
		this.writer = new FrameWriter(channel, executor, writes, maxFrameSize, connection::writabilityChanged);
		this.monitor = new SocketMonitor(channel, connection);
		channel.pipeline().addFirst(this.monitor);
	}

	FrameWriter writer() {
		return this.writer;
	}

	boolean isOpen() {
		return this.channel.isOpen();
	}

	boolean isActive() {
		return this.channel.isActive();
	}

	/**
	 * Return whether a frame would be sent without delay; a message may still have to
	 * wait.
	 * @return whether the socket takes bytes
	 */
	boolean isWritable() {
		return this.channel.isWritable();
	}

	long bytesTaken() {
		return this.monitor.bytesTaken();
	}

	/**
	 * Start reading with the bytes that followed the opening handshake.
	 * @param gate holds these bytes
	 */
	void hold(ReadGate gate) {
		this.gate = gate;
	}

	void startReading() {
		setAutoRead(true);
		if (this.gate != null) {
			// later, so that no frame arrives inside this call
			this.executor.execute(this.gate::open);
			this.gate = null;
		}
	}

	void stopReading() {
		setAutoRead(false);
	}

	private void setAutoRead(boolean autoRead) {
		// epoll fails on a read after the end of the stream
		if (!this.channel.isInputShutdown()) {
			this.channel.config().setAutoRead(autoRead);
		}
	}

	/** Close gracefully, TLS included. */
	void close() {
		this.channel.close();
	}

	/** Close without TLS, which would wait for its close_notify. */
	void closeNow() {
		ChannelHandlerContext first = this.channel.pipeline().firstContext();
		if (first != null) {
			first.close();
		}
	}

}
