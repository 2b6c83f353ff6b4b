package io.github.resilientws.endurance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * A server for a process of its own, so that it is not what is measured. It listens on as
 * many ports as it is asked for, and sends back whatever comes. Commands come as lines on
 * standard input; each is answered with one line.
 */
public final class PlainServer {

	private static final String HOST = "127.0.0.1";

	// connections end as the command says
	private static final WebSocketServerProtocolConfig CONFIG = WebSocketServerProtocolConfig.newBuilder()
		.websocketPath("/")
		.sendCloseFrame(null)
		.build();

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final List<Port> ports = new ArrayList<>();

	private final List<Socket> holders = new ArrayList<>();

	private PlainServer() {
	}

	public static void main(String[] args) throws IOException {
		PlainServer server = new PlainServer();
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		try {
			for (String line = commands.readLine(); line != null; line = commands.readLine()) {
				System.out.println(server.run(line.split(" ")));
			}
		}
		finally {
			System.exit(0);
		}
	}

	private int run(String[] command) throws IOException {
		if (command[0].equals("open")) {
			Port port = new Port();
			this.ports.add(port);
			return port.start();
		}
		int number = Integer.parseInt(command[1]);
		Port port = this.ports.stream().filter((one) -> one.number == number).findFirst().orElseThrow();
		return switch (command[0]) {
			case "start" -> port.start();
			case "stop" -> port.stop();
			case "end" -> port.end(command[2]);
			default -> throw new IllegalArgumentException(command[0]);
		};
	}

	/** One port, which stays ours while nothing listens on it. */
	private final class Port {

		private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

		private final int number;

		private Channel listening;

		Port() throws IOException {
			// bound for good, so that no connection gets the port while nothing listens
			Socket holder = new Socket();
			holder.setReuseAddress(true);
			holder.bind(new InetSocketAddress(HOST, 0));
			this.number = holder.getLocalPort();
			PlainServer.this.holders.add(holder);
		}

		int start() {
			this.listening = new ServerBootstrap().group(PlainServer.this.loops)
				.channel(NioServerSocketChannel.class)
				.option(ChannelOption.SO_BACKLOG, 1024)
				.option(ChannelOption.SO_REUSEADDR, true)
				.childHandler(new ChannelInitializer<>() {

					@Override
					protected void initChannel(Channel channel) {
						Port.this.connections.add(channel);
						channel.pipeline()
							.addLast(new HttpServerCodec(), new HttpObjectAggregator(8192),
									new WebSocketServerProtocolHandler(CONFIG), new Echo());
					}

				})
				.bind(HOST, this.number)
				.syncUninterruptibly()
				.channel();
			return this.number;
		}

		int stop() {
			this.listening.close().syncUninterruptibly();
			return end("FIN");
		}

		int end(String how) {
			List<Channel> open = List.copyOf(this.connections);
			open.forEach((channel) -> {
				switch (how) {
					case "FIN" -> channel.close();
					case "RST" -> {
						channel.config().setOption(ChannelOption.SO_LINGER, 0);
						channel.close();
					}
					default -> channel.writeAndFlush(new CloseWebSocketFrame(Integer.parseInt(how), ""));
				}
			});
			return open.size();
		}

	}

	private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {

		@Override
		protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
			context.writeAndFlush(frame.retain());
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			context.close();
		}

	}

}
