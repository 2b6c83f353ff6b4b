package io.github.resilientws.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;

/**
 * Observes what passes between a channel and its socket, before TLS and frames are
 * processed: signals reads, and counts the bytes that the socket has taken, which are
 * those that reached the channel's buffer less those that are still there. Confined to
 * one event loop.
 */
final class SocketMonitor extends ChannelDuplexHandler {

	private final NettyConnection connection;

	private final Channel channel;

	private long added;

	private long flushed;

	private long taken;

	SocketMonitor(Channel channel, NettyConnection connection) {
		this.channel = channel;
		this.connection = connection;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.connection.bytesRead();
		ctx.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		if (message instanceof ByteBuf buffer) {
			this.added += buffer.readableBytes();
		}
		ctx.write(message, promise);
	}

	@Override
	public void flush(ChannelHandlerContext ctx) {
		this.flushed = this.added;
		ctx.flush();
	}

	/**
	 * Return how many bytes the socket has taken.
	 * @return bytes, never less than before
	 */
	long bytesTaken() {
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		// null when the channel is closed
		if (buffer != null) {
			this.taken = Math.max(this.taken, this.flushed - remaining(buffer));
		}
		return this.taken;
	}

	// a partially written buffer starts after the bytes that the socket took
	private static long remaining(ChannelOutboundBuffer buffer) {
		long[] remaining = new long[1];
		try {
			buffer.forEachFlushedMessage((message) -> {
				remaining[0] += ((ByteBuf) message).readableBytes();
				return true;
			});
		}
		catch (Exception ex) {
			throw new IllegalStateException("the processor throws nothing", ex);
		}
		return remaining[0];
	}

}
