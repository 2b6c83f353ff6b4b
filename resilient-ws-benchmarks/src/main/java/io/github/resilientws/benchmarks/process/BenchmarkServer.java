package io.github.resilientws.benchmarks.process;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * The server, in its own JVM, with one event loop. It answers with its two ports, plain
 * and with TLS, and ends with its standard input.
 */
public final class BenchmarkServer {

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final PushedFrames pushedFrames = new PushedFrames();

	private BenchmarkServer() {
	}

	public static void main(String[] args) throws Exception {
		BenchmarkServer server = new BenchmarkServer();
		int port = server.bind(Integer.parseInt(args[1]), null);
		int tlsPort = server.bind(0, tls(Path.of(args[0])));
		JvmProcess.answer(port + " " + tlsPort);
		while (System.in.read() != -1) {
			// blocks until the parent process ends
		}
		server.loops.shutdownGracefully();
	}

	private static SslContext tls(Path keyStore) throws Exception {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(keyStore)) {
			keys.load(input, Certificate.PASSWORD.toCharArray());
		}
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(keys, Certificate.PASSWORD.toCharArray());
		return SslContextBuilder.forServer(factory).build();
	}

	private int bind(int port, @Nullable SslContext tls) throws InterruptedException {
		Channel server = new ServerBootstrap().group(this.loops)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					if (tls != null) {
						channel.pipeline().addLast(tls.newHandler(channel.alloc()));
					}
					channel.pipeline()
						.addLast(new HttpServerCodec(), new HttpObjectAggregator(8192),
								new WebSocketServerProtocolHandler("/", null, false, 65_536, false, true),
								new Starter());
				}

			})
			.bind("127.0.0.1", port)
			.sync()
			.channel();
		return ((InetSocketAddress) server.localAddress()).getPort();
	}

	/**
	 * Replaces Netty's handlers once a connection is open.
	 */
	private final class Starter extends ChannelInboundHandlerAdapter {

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			if (event instanceof HandshakeComplete) {
				ctx.channel().eventLoop().execute(() -> {
					while (ctx.pipeline().last() != null && !(ctx.pipeline().last() instanceof SslHandler)) {
						ctx.pipeline().removeLast();
					}
					ctx.channel().pipeline().addLast(new ServerConnection(BenchmarkServer.this.pushedFrames));
				});
			}
		}

	}

}
