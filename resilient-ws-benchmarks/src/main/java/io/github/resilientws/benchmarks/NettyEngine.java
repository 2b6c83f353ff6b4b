package io.github.resilientws.benchmarks;

import java.net.URI;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Promise;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Netty as an expert uses it directly: the event loop drains a queue, with many writes
 * and one flush.
 */
final class NettyEngine implements Engine {

	private static final int MAX_BATCH = 512;

	private static final int CAPACITY = 16_384;

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Queue<String> queue = new MpscAtomicArrayQueue<>(CAPACITY);

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private @Nullable Channel channel;

	@Override
	public void connect(URI url, Inbox inbox) throws Exception {
		Promise<Void> open = this.loops.next().newPromise();
		Channel connected = new Bootstrap().group(this.loops)
			.channel(NioSocketChannel.class)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline()
						.addLast(new HttpClientCodec(), new HttpObjectAggregator(8192),
								new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
									.webSocketUri(url)
									.withUTF8Validator(false)
									.build()),
								new Receiver(inbox, open));
				}

			})
			.connect(url.getHost(), url.getPort())
			.sync()
			.channel();
		open.get(10, TimeUnit.SECONDS);
		this.channel = connected;
	}

	@Override
	public void send(String text) {
		while (!this.queue.offer(text)) {
			schedule();
			LockSupport.parkNanos(20_000);
		}
		schedule();
	}

	@Override
	public void close() throws Exception {
		channel().close().sync();
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
	}

	private void schedule() {
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			channel().eventLoop().execute(this::drain);
		}
	}

	private void drain() {
		this.scheduled.set(false);
		Channel target = channel();
		while (target.isWritable()) {
			int written = 0;
			for (String text = this.queue.poll(); text != null; text = this.queue.poll()) {
				target.write(new TextWebSocketFrame(text));
				if (++written == MAX_BATCH) {
					break;
				}
			}
			if (written == 0) {
				return;
			}
			target.flush();
		}
	}

	private Channel channel() {
		if (this.channel == null) {
			throw new IllegalStateException("not connected");
		}
		return this.channel;
	}

	@Override
	public String toString() {
		return "netty";
	}

	private final class Receiver extends SimpleChannelInboundHandler<WebSocketFrame> {

		private final Inbox inbox;

		private final Promise<Void> open;

		Receiver(Inbox inbox, Promise<Void> open) {
			this.inbox = inbox;
			this.open = open;
		}

		@Override
		protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
			if (frame instanceof TextWebSocketFrame text) {
				this.inbox.received(text.text());
			}
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
				this.open.trySuccess(null);
			}
		}

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext ctx) {
			if (ctx.channel().isWritable()) {
				drain();
			}
		}

	}

}
