package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.resilientws.transport.ConnectionListener;

/**
 * Passes on what arrives; the last handler, so that nothing gets by.
 */
final class InboundHandler extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(InboundHandler.class);

	private final NettyConnection connection;

	private final ConnectionListener listener;

	InboundHandler(NettyConnection connection, ConnectionListener listener) {
		this.connection = connection;
		this.listener = listener;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		try {
			if (message instanceof CloseWebSocketFrame close) {
				this.connection.closedByPeer(close.statusCode(), close.reasonText());
			}
			else if (message instanceof WebSocketFrame frame && this.connection.isOpen()) {
				receive(frame);
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private void receive(WebSocketFrame frame) {
		byte[] payload = copyOf(frame.content());
		if (frame instanceof TextWebSocketFrame) {
			receiveText(payload);
		}
		else if (frame instanceof BinaryWebSocketFrame) {
			this.listener.onBinary(ByteBuffer.wrap(payload));
		}
		else if (frame instanceof PingWebSocketFrame) {
			this.connection.pinged(payload);
		}
		else if (frame instanceof PongWebSocketFrame) {
			this.listener.onPong(ByteBuffer.wrap(payload));
		}
	}

	private void receiveText(byte[] payload) {
		String text;
		try {
			text = TextDecoder.decode(payload);
		}
		catch (CharacterCodingException ex) {
			this.connection.violated(1007, "a text message is not UTF-8");
			return;
		}
		this.listener.onText(text);
	}

	private static byte[] copyOf(ByteBuf content) {
		return ByteBufUtil.getBytes(content, content.readerIndex(), content.readableBytes(), true);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		this.connection.writabilityChanged();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
			this.connection.lost("ended without a close frame");
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.connection.lost("closed without a close frame");
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (cause instanceof CorruptedWebSocketFrameException violation) {
			this.connection.violated(violation.closeStatus().code(), "broken frame, or too large");
			return;
		}
		Throwable failure = (cause instanceof DecoderException && cause.getCause() != null) ? cause.getCause() : cause;
		if (failure instanceof TooLongFrameException) {
			this.connection.violated(1009, "message too large");
		}
		else if (failure instanceof IOException) {
			this.connection.lost("connection failed: " + failure.getClass().getSimpleName());
		}
		else {
			logger.warn("A connection is given up because of " + failure.getClass().getName());
			this.connection.lost("internal failure: " + failure.getClass().getSimpleName());
		}
	}

}
