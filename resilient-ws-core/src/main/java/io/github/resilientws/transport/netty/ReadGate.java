package io.github.resilientws.transport.netty;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Holds the bytes that followed the answer to the opening handshake until reading starts,
 * then leaves the pipeline.
 */
final class ReadGate extends ChannelInboundHandlerAdapter {

	private final NettyConnection connection;

	private final Queue<Object> held = new ArrayDeque<>(2);

	private @Nullable ChannelHandlerContext context;

	ReadGate(NettyConnection connection) {
		this.connection = connection;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.context = ctx;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.held.add(message);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (isEndOfStream(event)) {
			this.held.add(event);
		}
		else {
			ctx.fireUserEventTriggered(event);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.held.forEach(ReferenceCountUtil::release);
		this.held.clear();
	}

	/**
	 * Return whether nothing can arrive after an event.
	 * @param event the event
	 * @return whether the socket or TLS has ended
	 */
	static boolean isEndOfStream(Object event) {
		return event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent;
	}

	void open() {
		ChannelHandlerContext ctx = this.context;
		if (ctx == null || ctx.isRemoved()) {
			return;
		}
		if (!this.held.isEmpty()) {
			this.connection.bytesRead();
		}
		for (Object message = this.held.poll(); message != null; message = this.held.poll()) {
			if (isEndOfStream(message)) {
				ctx.fireUserEventTriggered(message);
			}
			else {
				ctx.fireChannelRead(message);
			}
		}
		ctx.pipeline().remove(this);
	}

}
