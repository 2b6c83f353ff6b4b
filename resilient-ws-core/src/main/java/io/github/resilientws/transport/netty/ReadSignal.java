package io.github.resilientws.transport.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Signals that the socket was read, before TLS and frames are processed.
 */
final class ReadSignal extends ChannelInboundHandlerAdapter {

	private final NettyConnection connection;

	ReadSignal(NettyConnection connection) {
		this.connection = connection;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.connection.bytesRead();
		ctx.fireChannelRead(message);
	}

}
