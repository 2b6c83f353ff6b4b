package io.github.resilientws.transport.netty;

import java.security.SecureRandom;

import io.netty.channel.ChannelFactory;
import io.netty.channel.socket.SocketChannel;

import io.github.resilientws.transport.NameLookups;

/**
 * The resources that all attempts of a transport share.
 *
 * @param lookups resolve names
 * @param channels creates sockets
 * @param tls creates TLS handlers
 * @param random generates keys of handshakes
 */
record DialerResources(NameLookups lookups, ChannelFactory<SocketChannel> channels, ClientTls tls,
		SecureRandom random) {

}
