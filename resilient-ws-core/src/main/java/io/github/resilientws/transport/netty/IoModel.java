package io.github.resilientws.transport.netty;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.ClassUtils;

/**
 * The I/O mechanism of event loops.
 *
 * @param handlers creates the I/O handler of an event loop
 * @param channels creates sockets for it
 */
record IoModel(IoHandlerFactory handlers, ChannelFactory<SocketChannel> channels) {

	private static final Log logger = LogFactory.getLog(IoModel.class);

	// limit of unsent bytes in the kernel: a heartbeat waits behind them
	private static final int MAX_UNSENT = 64 * 1024;

	static IoModel best() {
		boolean present = ClassUtils.isPresent("io.netty.channel.epoll.Epoll", IoModel.class.getClassLoader());
		return (present && EpollModel.isAvailable()) ? EpollModel.create() : nio();
	}

	static IoModel nio() {
		return new IoModel(NioIoHandler.newFactory(), NioSocketChannel::new);
	}

	// a separate class, because epoll's classes are optional
	private static final class EpollModel {

		private static boolean isAvailable() {
			return Epoll.isAvailable();
		}

		private static IoModel create() {
			return new IoModel(EpollIoHandler.newFactory(), EpollModel::newChannel);
		}

		private static SocketChannel newChannel() {
			EpollSocketChannel channel = new EpollSocketChannel();
			try {
				channel.config().setTcpNotSentLowAt(MAX_UNSENT);
			}
			catch (ChannelException ex) {
				// the kernel does not support the option: heartbeats may wait longer on
				// slow lines
				logger.debug("TCP_NOTSENT_LOWAT is not available");
			}
			return channel;
		}

	}

}
