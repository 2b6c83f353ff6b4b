package io.github.resilientws.transport.netty;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.springframework.util.ClassUtils;

/**
 * How event loops wait for sockets.
 *
 * @param handlers makes the I/O side of an event loop
 * @param channels makes sockets that fit it
 */
record IoModel(IoHandlerFactory handlers, ChannelFactory<SocketChannel> channels) {

	static IoModel best() {
		boolean present = ClassUtils.isPresent("io.netty.channel.epoll.Epoll", IoModel.class.getClassLoader());
		return (present && EpollModel.isAvailable()) ? EpollModel.create() : nio();
	}

	static IoModel nio() {
		return new IoModel(NioIoHandler.newFactory(), NioSocketChannel::new);
	}

	// a class of its own, because epoll's classes are optional
	private static final class EpollModel {

		private static boolean isAvailable() {
			return Epoll.isAvailable();
		}

		private static IoModel create() {
			return new IoModel(EpollIoHandler.newFactory(), EpollSocketChannel::new);
		}

	}

}
