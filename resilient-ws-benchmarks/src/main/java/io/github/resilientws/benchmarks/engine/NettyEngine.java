package io.github.resilientws.benchmarks.engine;

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
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.Promise;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * Netty as an expert uses it directly: the event loop drains a queue, with many writes
 * and one flush.
 */
final class NettyEngine implements Engine {

	private static final int MAX_BATCH = 512;

	private static final int CAPACITY = 16_384;

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
			NioIoHandler.newFactory());

	private final SslContext tls;

	NettyEngine() throws Exception {
		this.tls = SslContextBuilder.forClient().build();
	}

	@Override
	public Connection connect(URI url, Inbox inbox) throws Exception {
		Promise<Void> open = this.loops.next().newPromise();
		Sender sender = new Sender();
		new Bootstrap().group(this.loops).channel(NioSocketChannel.class).handler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				sender.channel = channel;
				if (url.getScheme().equals("wss")) {
					channel.pipeline()
						.addLast(NettyEngine.this.tls.newHandler(channel.alloc(), url.getHost(), url.getPort()));
				}
				channel.pipeline()
					.addLast(new HttpClientCodec(), new HttpObjectAggregator(8192),
							new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
								.webSocketUri(url)
								.withUTF8Validator(false)
								.build()),
							new Receiver(inbox, open, sender));
			}

		}).connect(url.getHost(), url.getPort()).sync();
		open.get(60, TimeUnit.SECONDS);
		return sender;
	}

	@Override
	public void close() throws Exception {
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
	}

	private static final class Sender implements Connection {

		private final Queue<String> queue = new MpscAtomicArrayQueue<>(CAPACITY);

		private final AtomicBoolean scheduled = new AtomicBoolean();

		private volatile Channel channel;

		@Override
		public void send(String text) {
			while (!this.queue.offer(text)) {
				schedule();
				LockSupport.parkNanos(20_000);
			}
			schedule();
		}

		private void schedule() {
			if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
				this.channel.eventLoop().execute(this::drain);
			}
		}

		private void drain() {
			this.scheduled.set(false);
			Channel target = this.channel;
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

		@Override
		public void close() throws Exception {
			this.channel.close().sync();
		}

	}

	private static final class Receiver extends SimpleChannelInboundHandler<WebSocketFrame> {

		private final Inbox inbox;

		private final Promise<Void> open;

		private final Sender sender;

		Receiver(Inbox inbox, Promise<Void> open, Sender sender) {
			this.inbox = inbox;
			this.open = open;
			this.sender = sender;
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
				this.sender.drain();
			}
		}

	}

}
