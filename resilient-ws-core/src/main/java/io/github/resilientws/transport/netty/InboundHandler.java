package io.github.resilientws.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
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
final class InboundHandler extends ChannelInboundHandlerAdapter implements FrameDecoder.FrameHandler {

	private static final Log logger = LogFactory.getLog(InboundHandler.class);

	private final NettyConnection connection;

	private final ConnectionListener listener;

	private final int maxMessageSize;

	// created by the first fragment of an uncompressed message
	private @Nullable Fragments fragments;

	private final FrameDecoder decoder;

	/**
	 * Create a handler.
	 * @param connection the connection
	 * @param listener receives messages and pongs
	 * @param buffer buffer of the event loop
	 * @param maxMessageSize largest message in bytes
	 * @param inflation inflates messages, or {@code null} without compression
	 */
	InboundHandler(NettyConnection connection, ConnectionListener listener, ReadBuffer buffer, int maxMessageSize,
			@Nullable Inflation inflation) {
		this.connection = connection;
		this.listener = listener;
		this.maxMessageSize = maxMessageSize;
		this.fragments = (inflation != null) ? new Fragments(maxMessageSize, inflation) : null;
		int maxPayload = (inflation != null) ? Inflation.maxCompressed(maxMessageSize) : maxMessageSize;
		this.decoder = new FrameDecoder(buffer, this, maxPayload, inflation != null);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		try {
			if (message instanceof ByteBuf bytes) {
				this.decoder.decode(bytes);
			}
		}
		catch (ProtocolViolationException ex) {
			violated(ex);
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	@Override
	public void onFrame(int first, byte[] bytes, int offset, int length) {
		try {
			switch (first & FrameHeader.OPCODE) {
				case FrameHeader.CLOSE -> receiveClose(bytes, offset, length);
				case FrameHeader.PING -> receivePing(bytes, offset, length);
				case FrameHeader.PONG -> receivePong(bytes, offset, length);
				default -> receiveData(first, bytes, offset, length);
			}
		}
		catch (ProtocolViolationException ex) {
			// later frames are valid: one of them may be a close frame
			violated(ex);
		}
	}

	private void violated(ProtocolViolationException violation) {
		this.connection.violated(violation.closeCode(), String.valueOf(violation.getMessage()));
	}

	private void receiveData(int first, byte[] bytes, int offset, int length) throws ProtocolViolationException {
		if (!this.connection.takesMessages()) {
			return;
		}
		int opcode = first & FrameHeader.OPCODE;
		boolean last = (first & FrameHeader.FINAL) != 0;
		boolean compressed = (first & FrameHeader.COMPRESSED) != 0;
		if (opcode == FrameHeader.CONTINUATION) {
			receiveFragment(bytes, offset, length, last);
		}
		else if (!last || compressed) {
			fragments().begin(opcode == FrameHeader.TEXT, compressed);
			receiveFragment(bytes, offset, length, last);
		}
		else if (length > this.maxMessageSize) {
			// the decoder allows the size of a compressed message in the worst case
			throw ProtocolViolationException.tooLarge();
		}
		else if (opcode == FrameHeader.TEXT) {
			receiveText(bytes, offset, length);
		}
		else {
			boolean own = length == bytes.length;
			this.listener.onBinary(ByteBuffer.wrap((own) ? bytes : copyOf(bytes, offset, length)));
		}
	}

	private void receiveFragment(byte[] bytes, int offset, int length, boolean last) throws ProtocolViolationException {
		Fragments present = fragments();
		MessageBuffer message = present.add(bytes, offset, length, last);
		if (message != null && present.isText()) {
			receiveText(message.array(), 0, message.size());
		}
		else if (message != null) {
			this.listener.onBinary(message.toBytes());
		}
	}

	private Fragments fragments() {
		Fragments known = this.fragments;
		if (known == null) {
			known = new Fragments(this.maxMessageSize, null);
			this.fragments = known;
		}
		return known;
	}

	private void receiveText(byte[] bytes, int offset, int length) throws ProtocolViolationException {
		if (!this.listener.onEncodedText(bytes, offset, length)) {
			this.listener.onText(text(bytes, offset, length, "a text message is not UTF-8"));
		}
	}

	private void receivePing(byte[] bytes, int offset, int length) {
		if (this.connection.isListening()) {
			this.connection.pinged(copyOf(bytes, offset, length));
		}
	}

	private void receivePong(byte[] bytes, int offset, int length) {
		if (this.connection.isListening()) {
			this.listener.onPong(ByteBuffer.wrap(copyOf(bytes, offset, length)));
		}
	}

	private void receiveClose(byte[] bytes, int offset, int length) throws ProtocolViolationException {
		if (length == 0) {
			this.connection.closedByPeer(FrameWriter.NO_CODE, "");
			return;
		}
		int code = (bytes[offset] & 0xFF) << Byte.SIZE | bytes[offset + 1] & 0xFF;
		if (!isCloseCode(code)) {
			throw new ProtocolViolationException(ProtocolViolationException.PROTOCOL_ERROR, "no close code");
		}
		String reason = text(bytes, offset + Short.BYTES, length - Short.BYTES,
				"the reason of a close frame is not UTF-8");
		this.connection.closedByPeer(code, reason);
	}

	// RFC 6455, section 7.4, and the codes registered since
	private static boolean isCloseCode(int code) {
		return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
	}

	private static String text(byte[] bytes, int offset, int length, String otherwise)
			throws ProtocolViolationException {
		try {
			return TextDecoder.decode(bytes, offset, length);
		}
		catch (CharacterCodingException ex) {
			throw new ProtocolViolationException(ProtocolViolationException.INVALID_PAYLOAD, otherwise);
		}
	}

	private static byte[] copyOf(byte[] bytes, int offset, int length) {
		return Arrays.copyOfRange(bytes, offset, offset + length);
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
		if (this.fragments != null) {
			this.fragments.release();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		Throwable failure = (cause instanceof DecoderException && cause.getCause() != null) ? cause.getCause() : cause;
		if (failure instanceof IOException) {
			this.connection.lost(String.valueOf(failure.getMessage()).contains("Connection reset") ? "connection reset"
					: "connection failed");
		}
		else {
			logger.error("A connection is given up: " + FailureDescription.describe(failure));
			this.connection.end(new DisconnectCause.Closed(1011, "internal failure", false));
		}
	}

}
