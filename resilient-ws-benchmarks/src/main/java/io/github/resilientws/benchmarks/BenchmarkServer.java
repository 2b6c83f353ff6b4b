package io.github.resilientws.benchmarks;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import org.jspecify.annotations.Nullable;

/**
 * The server, in its own JVM. So that its own cost stays small, it counts frames without
 * unmasking data, pushes prepared frames, and acknowledges many messages in one write, of
 * which it unmasks only the id. It prints its port on standard output and ends with its
 * standard input.
 */
public final class BenchmarkServer {

	/** Text with which a client requests a number of messages. */
	static final String PUSH = "push ";

	/**
	 * Text with which a client announces a number of messages; the server answers once
	 * they have arrived.
	 */
	static final String COUNT = "count ";

	private BenchmarkServer() {
	}

	public static void main(String[] args) throws Exception {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		Channel server = new ServerBootstrap().group(loops)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new HttpServerCodec(), new HttpObjectAggregator(8192),
								new WebSocketServerProtocolHandler("/", null, false, 65_536, false, true),
								new Starter());
				}

			})
			.bind("127.0.0.1", 0)
			.sync()
			.channel();
		System.out.println(((InetSocketAddress) server.localAddress()).getPort());
		while (System.in.read() != -1) {
			// blocks until the parent process ends
		}
		loops.shutdownGracefully();
	}

	private static final class Starter extends ChannelInboundHandlerAdapter {

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (event instanceof HandshakeComplete) {
				ctx.channel().eventLoop().execute(() -> {
					while (ctx.pipeline().last() != null) {
						ctx.pipeline().removeLast();
					}
					ctx.channel().pipeline().addLast(new Scanner());
				});
			}
		}

	}

	private static final class Scanner extends ByteToMessageDecoder {

		private static final int TEXT = 0x1;

		private static final int CLOSE = 0x8;

		private static final int PUSH_BATCH = 512;

		// of the default envelope, {"id":"<uuid>",...
		private static final int ID_START = 7;

		private static final int ID_LENGTH = 36;

		private static final byte[] ACK_START = "{\"type\":\"ack\",\"messageId\":\""
			.getBytes(StandardCharsets.US_ASCII);

		private static final byte[] ACK_END = "\"}".getBytes(StandardCharsets.US_ASCII);

		private static final byte[] PAYLOAD = "x".repeat(Benchmark.MESSAGE_SIZE).getBytes(StandardCharsets.US_ASCII);

		private final ByteBuf batch = frames(PUSH_BATCH);

		private final byte[] id = new byte[ID_LENGTH];

		private @Nullable ByteBuf acknowledgements;

		private long expected = -1;

		private long counted;

		private long toPush;

		@Override
		protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
			while (in.readableBytes() >= 6) {
				int start = in.readerIndex();
				int opcode = in.getByte(start) & 0xF;
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
				if (opcode == CLOSE) {
					ctx.close();
				}
				else if (opcode == TEXT) {
					frame(ctx, in, start + header, length);
				}
			}
		}

		private void frame(ChannelHandlerContext ctx, ByteBuf in, int index, int length) {
			if (length == Benchmark.MESSAGE_SIZE) {
				this.counted++;
				answerCount(ctx);
				return;
			}
			if (unmasked(in, index, 0) == '{') {
				acknowledge(ctx, in, index);
				return;
			}
			String command = unmask(in, index, length);
			if (command.startsWith(COUNT)) {
				this.expected = Long.parseLong(command.substring(COUNT.length()));
				this.counted = 0;
			}
			else if (command.startsWith(PUSH)) {
				this.toPush = Long.parseLong(command.substring(PUSH.length()));
				push(ctx);
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
			this.acknowledgements.writeByte(0x80 | TEXT)
				.writeByte(ACK_START.length + ID_LENGTH + ACK_END.length)
				.writeBytes(ACK_START)
				.writeBytes(this.id)
				.writeBytes(ACK_END);
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

		private void answerCount(ChannelHandlerContext ctx) {
			if (this.counted == this.expected) {
				ctx.writeAndFlush(frames(1));
			}
		}

		private void push(ChannelHandlerContext ctx) {
			while (this.toPush > 0 && ctx.channel().isWritable()) {
				int messages = (int) Math.min(PUSH_BATCH, this.toPush);
				this.toPush -= messages;
				ctx.writeAndFlush(this.batch.retainedSlice(0, messages * this.batch.readableBytes() / PUSH_BATCH));
			}
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext ctx) {
			push(ctx);
		}

		@Override
		protected void handlerRemoved0(ChannelHandlerContext ctx) {
			this.batch.release();
		}

		private static String unmask(ByteBuf in, int index, int length) {
			byte[] text = new byte[length];
			for (int i = 0; i < length; i++) {
				text[i] = unmasked(in, index, i);
			}
			return new String(text, StandardCharsets.US_ASCII);
		}

		private static byte unmasked(ByteBuf in, int index, int i) {
			return (byte) (in.getByte(index + i) ^ in.getByte(index - 4 + (i & 3)));
		}

		private static ByteBuf frames(int number) {
			ByteBuf result = Unpooled.directBuffer();
			for (int i = 0; i < number; i++) {
				result.writeByte(0x80 | TEXT).writeByte(126).writeShort(PAYLOAD.length).writeBytes(PAYLOAD);
			}
			return result;
		}

	}

}
