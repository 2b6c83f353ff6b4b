package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.zip.DataFormatException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.transport.ConnectionListener;

/**
 * Passes on received messages and signals; the last handler of the pipeline.
 */
final class InboundHandler extends ChannelInboundHandlerAdapter {

	private static final Log logger = LogFactory.getLog(InboundHandler.class);

	// RSV1, the first of the three reserved bits
	private static final int COMPRESSED = 4;

	private static final int MAX_CLOSE_CODE = 4999;

	private final NettyConnection connection;

	private final ConnectionListener listener;

	private final int maxMessageSize;

	private final Fragments fragments;

	InboundHandler(NettyConnection connection, ConnectionListener listener, int maxMessageSize,
			@Nullable Inflation inflation) {
		this.connection = connection;
		this.listener = listener;
		this.maxMessageSize = maxMessageSize;
		this.fragments = new Fragments(maxMessageSize, inflation);
	}

	/**
	 * Create the decoder that goes before this handler.
	 * @param maxMessageSize largest message in bytes
	 * @param inflation inflates messages, or {@code null} without compression
	 * @return the decoder
	 */
	static WebSocket13FrameDecoder newDecoder(int maxMessageSize, @Nullable Inflation inflation) {
		return new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
			.expectMaskedFrames(false)
			.allowMaskMismatch(false)
			.allowExtensions(inflation != null)
			.closeOnProtocolViolation(false)
			.withUTF8Validator(false)
			.maxFramePayloadLength((inflation != null) ? Inflation.maxCompressed(maxMessageSize) : maxMessageSize)
			.build());
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) throws DataFormatException {
		try {
			if (message instanceof WebSocketFrame frame) {
				receive(frame);
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private void receive(WebSocketFrame frame) throws DataFormatException {
		boolean first = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
		// without an extension the decoder has refused all reserved bits
		if (frame.rsv() != 0 && (!first || frame.rsv() != COMPRESSED)) {
			this.connection.violated(1002, "a reserved bit is set");
		}
		else if (frame instanceof CloseWebSocketFrame close) {
			receiveClose(close);
		}
		else if (first && this.connection.takesMessages()) {
			receiveFirst(frame, frame instanceof TextWebSocketFrame);
		}
		else if (frame instanceof ContinuationWebSocketFrame && this.connection.takesMessages()) {
			receiveFragment(frame);
		}
		else if (this.connection.isListening()) {
			receiveOther(frame);
		}
	}

	private void receiveFirst(WebSocketFrame frame, boolean text) throws DataFormatException {
		if (!frame.isFinalFragment() || frame.rsv() != 0) {
			this.fragments.begin(text, frame.rsv() != 0);
			receiveFragment(frame);
		}
		else if (frame.content().readableBytes() > this.maxMessageSize) {
			// the decoder allows the size of a compressed message in the worst case
			throw new TooLongFrameException("a message is larger than " + this.maxMessageSize + " bytes");
		}
		else if (text) {
			receiveText(frame.content());
		}
		else {
			this.listener.onBinary(ByteBuffer.wrap(copyOf(frame.content())));
		}
	}

	private void receiveFragment(WebSocketFrame frame) throws DataFormatException {
		MessageBuffer message = this.fragments.add(frame.content(), frame.isFinalFragment());
		if (message != null && this.fragments.isText()) {
			receiveText(message.view());
		}
		else if (message != null) {
			this.listener.onBinary(message.toBytes());
		}
	}

	private void receiveOther(WebSocketFrame frame) throws DataFormatException {
		if (frame instanceof PingWebSocketFrame) {
			this.connection.pinged(copyOf(frame.content()));
		}
		else if (frame instanceof PongWebSocketFrame) {
			this.listener.onPong(ByteBuffer.wrap(copyOf(frame.content())));
		}
	}

	// the decoder allows codes above the last legal one,
	// and reasons that end within a character
	private void receiveClose(CloseWebSocketFrame close) {
		int code = close.statusCode();
		ByteBuf content = close.content();
		try {
			String reason = (code < 0) ? "" : TextDecoder.decode(content.skipBytes(Short.BYTES));
			if (code <= MAX_CLOSE_CODE) {
				this.connection.closedByPeer(code, reason);
			}
			else {
				this.connection.violated(1002, "no close code");
			}
		}
		catch (CharacterCodingException ex) {
			this.connection.violated(1007, "the reason of a close frame is not UTF-8");
		}
	}

	private void receiveText(ByteBuf content) {
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
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.fragments.release();
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
		else if (failure instanceof DataFormatException) {
			this.connection.violated(1007, "a message is not deflated");
		}
		else if (failure instanceof IOException) {
			this.connection.lost(String.valueOf(failure.getMessage()).contains("Connection reset") ? "connection reset"
					: "connection failed");
		}
		else {
			logger.error("A connection is given up: " + FailureDescription.describe(failure));
			this.connection.end(new DisconnectCause.Closed(1011, "internal failure", false));
		}
	}

}
