package io.github.resilientws.transport.netty;

import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WireFuzzTests;

/**
 * {@link NettyWebSocketTransport} among hostile servers.
 */
class NettyWireFuzzTests extends WireFuzzTests {

	@Override
	protected WebSocketTransport createTransport() {
		return new NettyWebSocketTransport(new NameLookups(), true);
	}

}
