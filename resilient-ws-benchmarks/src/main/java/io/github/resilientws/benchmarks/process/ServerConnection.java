package io.github.resilientws.benchmarks.process;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the server. So that its own cost stays small, it counts messages
 * without unmasking more than a byte, pushes prepared frames, and acknowledges many
 * messages in one write, of which it unmasks only the id.
 */
final class ServerConnection extends ByteToMessageDecoder {

	/**
	 * Start of a text that the server returns.
	 */
	static final char ECHO = 'e';

	/**
	 * Text with which a client announces a number of messages; the server answers once
	 * they have arrived.
	 */
	static final String COUNT = "count ";

	/** Text with which a client requests a number of messages, followed by their size. */
	static final String PUSH = "push ";

	static final int TEXT = 0x1;

	private static final int CONTINUATION = 0x0;

	private static final int CLOSE = 0x8;

	private static final int PING = 0x9;

	private static final int PONG = 0xA;

	// of the default envelope, {"id":"<uuid>",...
	private static final int ID_START = 7;

	private static final int ID_LENGTH = 36;

	private static final byte[] ACK_START = "{\"type\":\"ack\",\"messageId\":\"".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] ACK_END = "\"}".getBytes(StandardCharsets.US_ASCII);

	private final PushedFrames frames;

	private final byte[] id = new byte[ID_LENGTH];

	private @Nullable ByteBuf acknowledgements;

	private long expected = -1;

	private long counted;

	private long toPush;

	private int pushSize;

	ServerConnection(PushedFrames frames) {
		this.frames = frames;
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
		while (in.readableBytes() >= 6) {
			int start = in.readerIndex();
			int length = in.getByte(start + 1) & 0x7F;
			int header = 6;
			if (length == 126) {
				if (in.readableBytes() < 8) {
					return;
				}
				length = in.getUnsignedShort(start + 2);
				header = 8;
			}
			if (in.readableBytes() < header + length) {
				return;
			}
			in.skipBytes(header + length);
			frame(ctx, in, start, start + header, length);
		}
	}

	private void frame(ChannelHandlerContext ctx, ByteBuf in, int start, int index, int length) {
		boolean last = in.getByte(start) < 0;
		switch (in.getByte(start) & 0xF) {
			case TEXT -> {
				if (last) {
					message(ctx, in, index, length);
				}
			}
			case CONTINUATION -> {
				if (last) {
					count(ctx);
				}
			}
			case PING -> ctx.writeAndFlush(unmasked(ctx, in, index, length, PONG));
			case CLOSE -> ctx.close();
			default -> {
				// a pong
			}
		}
	}

	private void message(ChannelHandlerContext ctx, ByteBuf in, int index, int length) {
		switch (in.getByte(index) ^ in.getByte(index - 4)) {
			case 'x' -> count(ctx);
			case '{' -> acknowledge(ctx, in, index);
			case ECHO -> ctx.writeAndFlush(unmasked(ctx, in, index, length, TEXT));
			default -> {
				ByteBuf command = unmasked(ctx, in, index, length, TEXT);
				command(ctx, command.toString(command.writerIndex() - length, length, StandardCharsets.US_ASCII));
				command.release();
			}
		}
	}

	private void command(ChannelHandlerContext ctx, String command) {
		String[] words = command.split(" ");
		if (command.startsWith(COUNT)) {
			this.expected = Long.parseLong(words[1]);
			this.counted = 0;
		}
		else if (command.startsWith(PUSH)) {
			this.toPush = Long.parseLong(words[1]);
			this.pushSize = Integer.parseInt(words[2]);
			push(ctx);
		}
	}

	private void count(ChannelHandlerContext ctx) {
		if (++this.counted == this.expected) {
			ctx.writeAndFlush(this.frames.take(1, 1));
		}
	}

	private void acknowledge(ChannelHandlerContext ctx, ByteBuf in, int index) {
		if (this.acknowledgements == null) {
			this.acknowledgements = ctx.alloc().ioBuffer(65_536);
		}
		in.getBytes(index + ID_START, this.id);
		int key = Integer.rotateLeft(in.getInt(index - 4), 8 * (ID_START & 3));
		for (int i = 0; i < ID_LENGTH; i++) {
			this.id[i] ^= (byte) (key >>> (24 - 8 * (i & 3)));
		}
		PushedFrames.writeHeader(this.acknowledgements, ACK_START.length + ID_LENGTH + ACK_END.length);
		this.acknowledgements.writeBytes(ACK_START).writeBytes(this.id).writeBytes(ACK_END);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
		ByteBuf written = this.acknowledgements;
		if (written != null) {
			this.acknowledgements = null;
			ctx.writeAndFlush(written);
		}
		super.channelReadComplete(ctx);
	}

	private void push(ChannelHandlerContext ctx) {
		while (this.toPush > 0 && ctx.channel().isWritable()) {
			int number = (int) Math.min(PushedFrames.batchSize(this.pushSize), this.toPush);
			this.toPush -= number;
			ctx.writeAndFlush(this.frames.take(this.pushSize, number));
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		push(ctx);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable ex) {
		// the client is gone
		ctx.close();
	}

	private static ByteBuf unmasked(ChannelHandlerContext ctx, ByteBuf in, int index, int length, int opcode) {
		ByteBuf result = ctx.alloc().ioBuffer(4 + length);
		PushedFrames.writeHeader(result, length);
		result.setByte(0, 0x80 | opcode);
		for (int i = 0; i < length; i++) {
			result.writeByte(in.getByte(index + i) ^ in.getByte(index - 4 + (i & 3)));
		}
		return result;
	}

}
