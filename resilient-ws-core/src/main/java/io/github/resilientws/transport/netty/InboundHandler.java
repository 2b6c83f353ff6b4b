package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
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

	private final Fragments fragments;

	InboundHandler(NettyConnection connection, ConnectionListener listener, int maxMessageSize) {
		this.connection = connection;
		this.listener = listener;
		this.fragments = new Fragments(maxMessageSize);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		try {
			if (message instanceof CloseWebSocketFrame close) {
				this.connection.closedByPeer(close.statusCode(), close.reasonText());
			}
			else if (message instanceof WebSocketFrame frame && this.connection.isListening()) {
				receive(frame);
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private void receive(WebSocketFrame frame) {
		if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
			boolean text = frame instanceof TextWebSocketFrame;
			if (frame.isFinalFragment()) {
				receiveMessage(text, frame.content());
			}
			else {
				this.fragments.begin(text, copyOf(frame.content()));
			}
		}
		else if (frame instanceof ContinuationWebSocketFrame) {
			byte[] message = this.fragments.add(copyOf(frame.content()), frame.isFinalFragment());
			if (message != null) {
				receiveMessage(this.fragments.isText(), Unpooled.wrappedBuffer(message));
			}
		}
		else if (frame instanceof PingWebSocketFrame) {
			this.connection.pinged(copyOf(frame.content()));
		}
		else if (frame instanceof PongWebSocketFrame) {
			this.listener.onPong(ByteBuffer.wrap(copyOf(frame.content())));
		}
	}

	private void receiveMessage(boolean isText, ByteBuf content) {
		if (!isText) {
			this.listener.onBinary(ByteBuffer.wrap(copyOf(content)));
			return;
		}
		String text;
		try {
			text = TextDecoder.decode(content);
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
		if (ReadGate.isEndOfStream(event)) {
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
